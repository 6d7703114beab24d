package io.registrykit.client.layout;

import io.registrykit.error.ErrorCode;
import io.registrykit.error.UnsupportedException;
import io.registrykit.model.Digest;
import io.registrykit.spi.store.BlobContent;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/** An archive that is there and does not change. */
interface ArchivedFiles extends LayoutFiles {

  @Override
  default OptionalLong size(Digest digest) throws IOException {
    Optional<BlobContent> found = open(digest);
    return found.isPresent() ? OptionalLong.of(found.get().size()) : OptionalLong.empty();
  }

  @Override
  default void writeIndex(LayoutIndex index) {
    throw readOnly();
  }

  @Override
  default long write(Digest expected, BlobSource content) {
    throw readOnly();
  }

  @Override
  default boolean delete(Digest digest) {
    throw readOnly();
  }

  private static UnsupportedException readOnly() {
    return new UnsupportedException(
        ErrorCode.UNSUPPORTED, "an archive is read, or made anew, but not changed");
  }
}
