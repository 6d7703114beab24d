package io.registrykit.spi.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.registrykit.model.Digest;
import io.registrykit.spi.store.BlobStore;
import io.registrykit.spi.store.BlobUpload;
import io.registrykit.spi.store.RepositoryStore;
import io.registrykit.spi.store.UploadId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Laws of a store that is closed. */
abstract class ClosingLaws extends StoreLaws {
  private static final Digest DIGEST = Samples.digest(1);

  @Test
  void givesTheSamePortsAtEveryCall() throws Exception {
    assertSame(store.blobs(), store.blobs());
    assertSame(store.repositories(), store.repositories());
  }

  @Test
  void closesTwiceAsOnce() throws Exception {
    store.close();
    store.close();
  }

  @Test
  void refusesEveryMethodOfThePortsOnceItIsClosed() throws Exception {
    push(Samples.content(1, 10));
    apply(put(Samples.manifest("one")));
    BlobStore blobs = blobs();
    RepositoryStore names = repositories();
    store.close();
    Map<String, Executable> calls = new LinkedHashMap<>();
    calls.put("size", () -> blobs.size(DIGEST));
    calls.put("open", () -> blobs.open(DIGEST));
    calls.put("begin", () -> blobs.begin(Samples.uploadSpec()));
    calls.put("resume", () -> blobs.resume(UploadId.random()));
    calls.put("status", () -> blobs.status(UploadId.random()));
    calls.put("touch", () -> blobs.touch(DIGEST, Samples.T0));
    calls.put("delete", () -> blobs.deleteIfUntouchedSince(DIGEST, Samples.T0));
    calls.put("forEach", () -> blobs.forEach(digest -> {}));
    calls.put("purgeUploads", () -> blobs.purgeUploads(Samples.T0));
    calls.put("usage", blobs::usage);
    calls.put("repositories", () -> names.repositories(ALL));
    calls.put("repository", () -> names.repository(Samples.APP));
    calls.put("blobLink", () -> names.blobLink(Samples.APP, DIGEST));
    calls.put("blobLinks", () -> names.blobLinks(Samples.APP, ALL));
    calls.put("manifest", () -> names.manifest(Samples.APP, DIGEST));
    calls.put("manifests", () -> names.manifests(Samples.APP, ALL));
    calls.put("referrers", () -> names.referrers(Samples.APP, DIGEST, ALL));
    calls.put("tag", () -> names.tag(Samples.APP, Samples.V1));
    calls.put("tags", () -> names.tags(Samples.APP, ALL));
    calls.put("tagsOf", () -> names.tagsOf(Samples.APP, DIGEST));
    calls.put("commit", () -> names.commit(Samples.APP, Samples.T0, List.of(link(DIGEST, 1))));
    calls.put("pendingEvents", () -> names.pendingEvents(1));
    calls.put("acknowledgeEvents", () -> names.acknowledgeEvents(Samples.APP, Set.of("e")));
    calls.forEach((name, call) -> assertThrows(IOException.class, call, name));
  }

  @Test
  void refusesToGoOnWithAnUploadOnceItIsClosed() throws Exception {
    byte[] content = Samples.content(1, 10);
    try (BlobUpload upload = begin(content)) {
      store.close();
      assertThrows(IOException.class, () -> upload.append(new ByteArrayInputStream(content)));
      assertThrows(IOException.class, () -> upload.commit(Samples.sha256(content)));
    }
  }

  @Test
  void commitsNoUploadByClosing() throws Exception {
    byte[] content = Samples.content(1, 10);
    begin(content).close();
    if (harness.isReopenable()) {
      store = harness.reopen(store);
    }
    assertEquals(OptionalLong.empty(), blobs().size(Samples.sha256(content)));
  }
}
