package io.registrykit.examples.torture.scale;

import io.registrykit.EmbeddedRegistry;
import io.registrykit.examples.torture.wire.Blob;
import io.registrykit.examples.torture.wire.Manifest;
import io.registrykit.model.Bytes;
import io.registrykit.model.Digest;
import io.registrykit.model.DigestAlgorithm;
import io.registrykit.model.MediaType;
import io.registrykit.model.RawManifest;
import io.registrykit.model.RepositoryName;
import io.registrykit.model.Tag;
import io.registrykit.spi.store.BlobUpload;
import io.registrykit.spi.store.Change;
import io.registrykit.spi.store.RegistryStore;
import io.registrykit.spi.store.UploadSpec;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Fills a store by its own interface, faster than anybody can push. */
public final class Filler {
  private static final int BATCH = 500;

  private Filler() {}

  /** Adds small blobs, each other than all others, in images of 500. */
  public static void blobs(RegistryStore store, int count) throws IOException {
    Instant now = Instant.now();
    try (EmbeddedRegistry registry = EmbeddedRegistry.builder().store(store).build()) {
      for (int done = 0; done < count; done += BATCH) {
        RepositoryName name = RepositoryName.parse("filled/blobs-" + done / BATCH);
        List<Change> links = new ArrayList<>();
        List<Blob> blobs = new ArrayList<>();
        for (int i = done; i < Math.min(count, done + BATCH); i++) {
          Blob blob = Blob.of("{\"number\":" + i + "}");
          blobs.add(blob);
          links.add(new Change.LinkBlob(blob(store, blob.bytes(), now), blob.bytes().length));
        }
        store.repositories().commit(name, now, links);
        Manifest image = Manifest.image(blobs.get(0), blobs);
        registry.repository(name).pushManifest(raw(image), Set.of(Tag.parse("all")));
      }
    }
  }

  /** A manifest as the registry takes it. */
  public static RawManifest raw(Manifest manifest) {
    return RawManifest.of(MediaType.parse(manifest.mediaType()), Bytes.copyOf(manifest.bytes()));
  }

  /** Adds a blob, and links it to nothing. */
  public static Digest blob(RegistryStore store, byte[] bytes, Instant now) throws IOException {
    Digest digest = Digest.of(DigestAlgorithm.SHA256, bytes);
    try (BlobUpload upload =
        store.blobs().begin(new UploadSpec(DigestAlgorithm.SHA256, "filler", now))) {
      upload.append(new ByteArrayInputStream(bytes));
      upload.commit(digest);
    }
    return digest;
  }
}
