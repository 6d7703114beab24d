package io.registrykit.store.memory;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.registrykit.model.Bytes;
import io.registrykit.model.Descriptor;
import io.registrykit.model.Digest;
import io.registrykit.model.DigestAlgorithm;
import io.registrykit.model.MediaType;
import io.registrykit.model.PageRequest;
import io.registrykit.model.RawManifest;
import io.registrykit.model.RepositoryName;
import io.registrykit.model.Tag;
import io.registrykit.spi.store.Attributes;
import io.registrykit.spi.store.BlobContent;
import io.registrykit.spi.store.BlobUpload;
import io.registrykit.spi.store.Change;
import io.registrykit.spi.store.Expected;
import io.registrykit.spi.store.ManifestRecord;
import io.registrykit.spi.store.StoredManifest;
import io.registrykit.spi.store.UploadSpec;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** What operations cost, in bytes that they allocate: the same at every run. */
class MemoryStoreCostTest {
  private static final RepositoryName APP = RepositoryName.parse("app");
  private static final int TAGS = 10_000;
  private static final int BLOB_SIZE = 8 * 1024 * 1024;

  /** The bytes that a call allocates once it is warm. */
  private static long allocatedBy(Callable<?> call) throws Exception {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    call.call();
    long before = threads.getCurrentThreadAllocatedBytes();
    call.call();
    return threads.getCurrentThreadAllocatedBytes() - before;
  }

  @Test
  void aPageCostsThePageAndNotTheList() throws Exception {
    MemoryStore store = MemoryStore.create();
    RawManifest raw = RawManifest.of(MediaType.OCI_MANIFEST, Bytes.utf8("{}"));
    ManifestRecord record =
        new ManifestRecord(
            new Descriptor(raw.mediaType(), raw.digest(), 2),
            null,
            Set.of(),
            Set.of(),
            Attributes.UNLOCKED,
            Instant.EPOCH,
            Instant.EPOCH);
    List<Change> changes = new ArrayList<>();
    changes.add(new Change.PutManifest(new StoredManifest(raw, record)));
    for (int i = 0; i < TAGS; i++) {
      changes.add(new Change.SetTag(Tag.parse("t" + i), raw.digest(), Expected.anything()));
    }
    store.repositories().commit(APP, Instant.EPOCH, changes);
    PageRequest page = new PageRequest(10, "t5");
    assertThat(store.repositories().tags(APP, page).items()).hasSize(10);
    assertThat(allocatedBy(() -> store.repositories().tags(APP, page))).isLessThan(5_000);
  }

  @Test
  void aBlobIsStoredOnceAndReadInPlace() throws Exception {
    MemoryStore store = MemoryStore.create();
    byte[] zeros = new byte[BLOB_SIZE];
    Digest digest = Digest.of(DigestAlgorithm.SHA256, zeros);
    UploadSpec spec = new UploadSpec(DigestAlgorithm.SHA256, "", Instant.EPOCH);
    long written =
        allocatedBy(
            () -> {
              try (BlobUpload upload = store.blobs().begin(spec);
                  InputStream body = new ByteArrayInputStream(zeros)) {
                upload.append(body);
                return upload.commit(digest);
              }
            });
    assertThat(written).isBetween((long) BLOB_SIZE, BLOB_SIZE + BLOB_SIZE / 8L);
    try (BlobContent content = store.blobs().open(digest).orElseThrow()) {
      long read =
          allocatedBy(() -> content.transferTo(0, BLOB_SIZE, OutputStream.nullOutputStream()));
      assertThat(read).isLessThan(5_000);
      assertThat(
              allocatedBy(() -> content.openStream(5).transferTo(OutputStream.nullOutputStream())))
          .isLessThan(5_000);
    }
  }
}
