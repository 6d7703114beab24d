package io.registrykit;

import io.registrykit.model.Descriptor;
import io.registrykit.model.MediaType;
import io.registrykit.spi.store.BlobContent;

/** One repository, to read from and to write to. Safe for use by any number of threads. */
public interface Repository extends RepositoryReader, RepositoryWriter {

  /** Opens the content only when the repository does not have the blob. */
  @Override
  default Descriptor pushBlob(BlobContent content) {
    return blobSize(content.digest()).isPresent()
        ? new Descriptor(MediaType.OCTET_STREAM, content.digest(), content.size())
        : RepositoryWriter.super.pushBlob(content);
  }
}
