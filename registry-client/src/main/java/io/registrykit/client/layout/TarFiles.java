package io.registrykit.client.layout;

import io.registrykit.client.internal.tar.Slice;
import io.registrykit.client.internal.tar.TarIndex;
import io.registrykit.error.ErrorCode;
import io.registrykit.error.InvalidContentException;
import io.registrykit.model.Digest;
import io.registrykit.spi.store.BlobContent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** An OCI image layout in a tar file, to read: what skopeo calls {@code oci-archive:}. */
final class TarFiles implements ArchivedFiles {
  private final Path file;
  private final TarIndex tar;
  private final LayoutIndex index;

  private TarFiles(Path file, TarIndex tar, LayoutIndex index) {
    this.file = file;
    this.tar = tar;
    this.index = index;
  }

  static boolean isLayout(TarIndex tar) {
    return tar.find(LayoutIndex.MARKER).isPresent() && tar.find(LayoutIndex.FILE).isPresent();
  }

  static TarFiles open(Path file, TarIndex tar) throws IOException {
    if (!tar.links().isEmpty()) {
      throw new InvalidContentException(
          ErrorCode.BLOB_UPLOAD_INVALID,
          "an image layout has no links",
          Map.of("name", tar.links().iterator().next()));
    }
    Slice slice = tar.find(LayoutIndex.FILE).orElseThrow();
    LayoutIndex index =
        LayoutIndex.read(new FileContent(file, slice.offset(), LayoutIndex.ANY, slice.size()));
    return new TarFiles(file, tar, index);
  }

  @Override
  public Optional<LayoutIndex> readIndex() {
    return Optional.of(index);
  }

  @Override
  public Optional<BlobContent> open(Digest digest) {
    return tar.find(LayoutIndex.path(digest))
        .map(slice -> new FileContent(file, slice.offset(), digest, slice.size()));
  }
}
