package io.registrykit.client.layout;

import io.registrykit.model.Bytes;
import io.registrykit.model.Digest;
import io.registrykit.model.RawManifest;
import io.registrykit.spi.store.BlobContent;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Where the index and the blobs of images are: a folder, or an archive of some form. Safe for use
 * by any number of threads, except that the caller sees to it that one index is written at a time.
 */
interface LayoutFiles {

  /** The index, the same object until it changes; empty when there is none yet. */
  Optional<LayoutIndex> readIndex() throws IOException;

  void writeIndex(LayoutIndex index) throws IOException;

  /**
   * Many indexes are about to be written: the files may wait with most of them until as many calls
   * of {@link #endBatch} as there were of this. The caller sees to it that nobody writes meanwhile.
   */
  default void beginBatch() {}

  default void endBatch() throws IOException {}

  OptionalLong size(Digest digest) throws IOException;

  Optional<BlobContent> open(Digest digest) throws IOException;

  /** Writes a blob, which is there only when it is whole, and answers its length. */
  long write(Digest expected, BlobSource content) throws IOException;

  default void writeManifest(RawManifest manifest) throws IOException {
    write(manifest.digest(), BlobSource.of(manifest.content().asInputStream()));
  }

  boolean delete(Digest digest) throws IOException;

  /** Writes what is still missing in an archive that is being made. */
  default void finish() throws IOException {}

  /** Drops an archive that is not finished. */
  default void close() throws IOException {}

  /** Reads a small blob, such as a manifest. */
  default Optional<Bytes> read(Digest digest, int limit) throws IOException {
    Optional<BlobContent> found = open(digest);
    return found.isPresent() ? Optional.of(Whole.read(found.get(), limit)) : Optional.empty();
  }
}
