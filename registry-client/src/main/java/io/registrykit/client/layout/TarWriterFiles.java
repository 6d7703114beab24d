package io.registrykit.client.layout;

import io.registrykit.client.internal.tar.Slice;
import io.registrykit.client.internal.tar.TarAppender;
import io.registrykit.error.ErrorCode;
import io.registrykit.error.UnsupportedException;
import io.registrykit.model.Bytes;
import io.registrykit.model.Digest;
import io.registrykit.spi.store.BlobContent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * An OCI image layout in a tar file that is being made. Blobs stand in it in the order in which
 * they came, the documents that name them behind them.
 */
final class TarWriterFiles implements LayoutFiles {
  private final ReentrantLock lock = new ReentrantLock();
  private final TarAppender tar;
  private final Map<Digest, Slice> blobs = new ConcurrentHashMap<>();
  private volatile LayoutIndex index = LayoutIndex.empty();

  TarWriterFiles(Path file) throws IOException {
    this.tar = new TarAppender(file);
  }

  @Override
  public Optional<LayoutIndex> readIndex() {
    return Optional.of(index);
  }

  @Override
  public void writeIndex(LayoutIndex changed) {
    index = changed;
  }

  @Override
  public OptionalLong size(Digest digest) {
    Slice slice = blobs.get(digest);
    return slice == null ? OptionalLong.empty() : OptionalLong.of(slice.size());
  }

  @Override
  public Optional<BlobContent> open(Digest digest) {
    return Optional.ofNullable(blobs.get(digest))
        .map(slice -> new FileContent(tar.file(), slice.offset(), digest, slice.size()));
  }

  /** One at a time, because there is one file; others wait before they open their source. */
  @Override
  public long write(Digest expected, BlobSource content) throws IOException {
    String name = LayoutIndex.path(expected);
    lock.lock();
    try {
      Slice known = blobs.get(expected);
      if (known != null) {
        return known.size();
      }
      Slice slice =
          tar.append(
                  name,
                  out -> {
                    content.read(in -> Whole.copy(in, out, expected));
                    return Optional.of(name);
                  })
              .orElseThrow();
      blobs.put(expected, slice);
      return slice.size();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean delete(Digest digest) {
    throw new UnsupportedException(
        ErrorCode.UNSUPPORTED, "what is in an archive stays there until it is made anew");
  }

  @Override
  public void finish() throws IOException {
    lock.lock();
    try {
      tar.append(LayoutIndex.MARKER, Bytes.utf8(LayoutIndex.MARKER_CONTENT));
      LayoutIndex named =
          new LayoutIndex(index.entries().stream().map(LayoutNames::namedForContainerd).toList());
      tar.append(LayoutIndex.FILE, named.write());
      Optional<Bytes> forDocker = DockerView.of(index, this).map(DockerList::write);
      if (forDocker.isPresent()) {
        tar.append(DockerList.FILE, forDocker.get());
      }
      tar.finish();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() throws IOException {
    lock.lock();
    try {
      tar.close();
    } finally {
      lock.unlock();
    }
  }
}
