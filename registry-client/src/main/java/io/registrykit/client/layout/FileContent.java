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
 * A file to push as a blob. Must not change while it is in use. Safe for use by any number of
 * threads; holds no resources between streams.
 */
public final class FileContent implements BlobContent {
  private final Path file;
  private final Digest digest;
  private final long size;

  FileContent(Path file, Digest digest, long size) {
    this.file = file;
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
    return new FileContent(file, hasher.digest(), hasher.size());
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
    channel.position(offset);
    return Channels.newInputStream(channel);
  }

  @Override
  public void close() {}
}
