package io.registrykit.store.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.registrykit.error.ErrorCode;
import io.registrykit.error.LimitException;
import io.registrykit.model.Bytes;
import io.registrykit.model.Digest;
import io.registrykit.model.DigestAlgorithm;
import io.registrykit.model.RepositoryName;
import io.registrykit.spi.store.BlobContent;
import io.registrykit.spi.store.BlobUpload;
import io.registrykit.spi.store.Change;
import io.registrykit.spi.store.EventRecord;
import io.registrykit.spi.store.UploadSpec;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the memory store adds to the contract: its caps, its clock, its handles. */
class MemoryStoreTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final UploadSpec SPEC = new UploadSpec(DigestAlgorithm.SHA256, "", NOW);
  private static final RepositoryName APP = RepositoryName.parse("app");

  private static Digest push(MemoryStore store, Bytes content) throws IOException {
    Digest digest = content.digest(DigestAlgorithm.SHA256);
    try (BlobUpload upload = store.blobs().begin(SPEC)) {
      upload.append(content.asInputStream());
      upload.commit(digest);
    }
    return digest;
  }

  @Test
  void refusesMoreUploadsThanItsCap() throws Exception {
    MemoryStore store = MemoryStore.builder().maxUploads(2).build();
    BlobUpload first = store.blobs().begin(SPEC);
    store.blobs().begin(SPEC).close();
    assertThatThrownBy(() -> store.blobs().begin(SPEC))
        .isInstanceOfSatisfying(
            LimitException.class,
            refused -> {
              assertThat(refused.code()).isEqualTo(ErrorCode.TOOMANYREQUESTS);
              assertThat(refused.retryAfter()).isPresent();
            });
    first.commit(Bytes.empty().digest(DigestAlgorithm.SHA256));
    first.close();
    store.blobs().begin(SPEC).abort();
    assertThat(store.blobs().purgeUploads(NOW.plusSeconds(1))).isEqualTo(1);
    assertThat(store.blobs().usage().uploads()).isZero();
    for (int i = 0; i < 2; i++) {
      store.blobs().begin(SPEC).close();
    }
    assertThatThrownBy(() -> store.blobs().begin(SPEC)).isInstanceOf(LimitException.class);
  }

  @Test
  void countsEventsThatWait() throws Exception {
    MemoryStore store = MemoryStore.withCapacity(100);
    List<Change> publish =
        List.of(new Change.Publish(new EventRecord("e", NOW, Bytes.copyOf(new byte[80]))));
    store.repositories().commit(APP, NOW, publish);
    assertThatThrownBy(() -> push(store, Bytes.copyOf(new byte[21])))
        .isInstanceOf(LimitException.class);
    assertThat(store.blobs().purgeUploads(NOW.plusSeconds(1))).isEqualTo(1);
    store.repositories().acknowledgeEvents(APP, Set.of("e"));
    push(store, Bytes.copyOf(new byte[100]));
  }

  @Test
  void datesABlobByItsClock() throws Exception {
    MemoryStore store = MemoryStore.builder().clock(Clock.fixed(NOW, ZoneOffset.UTC)).build();
    Digest digest = push(store, Bytes.utf8("x"));
    assertThat(store.blobs().deleteIfUntouchedSince(digest, NOW)).isFalse();
    assertThat(store.blobs().deleteIfUntouchedSince(digest, NOW.plusNanos(1))).isTrue();
  }

  @Test
  void opensNoStreamOfContentThatIsClosed() throws Exception {
    MemoryStore store = MemoryStore.create();
    BlobContent content = store.blobs().open(push(store, Bytes.utf8("abc"))).orElseThrow();
    InputStream in = content.openStream(1);
    content.close();
    assertThat(in.readAllBytes()).containsExactly('b', 'c');
    assertThatThrownBy(() -> content.openStream(0)).isInstanceOf(IOException.class);
  }

  @Test
  void refusesCapsThatMakeNoSense() {
    assertThatIllegalArgumentException().isThrownBy(() -> MemoryStore.withCapacity(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> MemoryStore.builder().maxUploads(0));
  }
}
