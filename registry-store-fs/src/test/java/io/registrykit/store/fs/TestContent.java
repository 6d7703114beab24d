package io.registrykit.store.fs;

import io.registrykit.model.Bytes;
import io.registrykit.model.Digest;
import io.registrykit.model.DigestAlgorithm;
import io.registrykit.spi.store.BlobUpload;
import io.registrykit.spi.store.RegistryStore;
import io.registrykit.spi.store.UploadSpec;
import java.io.IOException;
import java.time.Instant;

/** Pushes what tests need. */
final class TestContent {
  private TestContent() {}

  static Digest push(RegistryStore store, String text) throws IOException {
    return push(store, Bytes.utf8(text));
  }

  static Digest push(RegistryStore store, Bytes content) throws IOException {
    Digest digest = content.digest(DigestAlgorithm.SHA256);
    try (BlobUpload upload =
        store.blobs().begin(new UploadSpec(DigestAlgorithm.SHA256, "test", Instant.EPOCH))) {
      upload.append(content.asInputStream());
      upload.commit(digest);
    }
    return digest;
  }
}
