package io.registrykit.client.layout;

import io.registrykit.model.Digest;
import io.registrykit.model.DigestAlgorithm;
import io.registrykit.model.Hasher;
import io.registrykit.spi.store.BlobContent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file, or a part of one, to push as a blob. Must not change while it is in use. Safe for use by
 * any number of threads; holds no resources between streams.
 */
public final class FileContent implements BlobContent {
  private final Path file;
  private final long start;
  private final Digest digest;
  private final long size;

  FileContent(Path file, long start, Digest digest, long size) {
    this.file = file;
    this.start = start;
    this.digest = digest;
    this.size = size;
  }

  /**
   * Reads a file once to find its digest.
   *
   * @param file the file
   * @return its content, identified by SHA-256
   * @throws IOException if it cannot be read
   */
  public static FileContent of(Path file) throws IOException {
    Hasher hasher = DigestAlgorithm.SHA256.newHasher();
    byte[] buffer = new byte[COPY_BUFFER_SIZE];
    try (InputStream in = Files.newInputStream(file)) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        hasher.update(buffer, 0, count);
      }
    }
    return new FileContent(file, 0, hasher.digest(), hasher.size());
  }

  @Override
  public Digest digest() {
    return digest;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public InputStream openStream(long offset) throws IOException {
    if (offset < 0 || offset > size) {
      throw new IndexOutOfBoundsException("offset " + offset + " of " + size);
    }
    SeekableByteChannel channel = Files.newByteChannel(file);
    channel.position(start + offset);
    return new Part(Channels.newInputStream(channel), size - offset);
  }

  @Override
  public void close() {}

  /** Ends where the content ends. */
  private static final class Part extends BlockStream {
    private long left;

    Part(InputStream in, long left) {
      super(in);
      this.left = left;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      if (left == 0 && length > 0) {
        return -1;
      }
      int got = in.read(buffer, offset, (int) Math.min(length, left));
      left -= Math.max(0, got);
      return got;
    }

    @Override
    public long skip(long count) throws IOException {
      long skipped = in.skip(Math.min(count, left));
      left -= skipped;
      return skipped;
    }

    @Override
    public int available() throws IOException {
      return (int) Math.min(in.available(), left);
    }
  }
}
