package io.registrykit.spi.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.registrykit.model.Bytes;
import io.registrykit.model.Descriptor;
import io.registrykit.model.DigestAlgorithm;
import io.registrykit.model.MediaType;
import io.registrykit.model.RawManifest;
import io.registrykit.spi.store.Attributes.Use;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreValuesTest {

  @Test
  void aLockAgainstWritingForbidsDeletingToo() {
    Attributes noWrite = new Attributes(true, false, true, true);
    assertThat(noWrite.allows(Use.DELETE)).isFalse();
    assertThat(noWrite.allows(Use.WRITE)).isFalse();
    assertThat(noWrite.allows(Use.READ)).isTrue();
    Attributes noDelete = new Attributes(false, true, false, false);
    assertThat(noDelete.allows(Use.DELETE)).isFalse();
    assertThat(noDelete.allows(Use.WRITE)).isTrue();
    assertThat(noDelete.allows(Use.READ)).isFalse();
    assertThat(noDelete.allows(Use.LIST)).isFalse();
    for (Use use : Use.values()) {
      assertThat(Attributes.UNLOCKED.allows(use)).isTrue();
    }
  }

  @Test
  void uploadIdsReadWhatTheyWrite() {
    UploadId id = UploadId.random();
    assertThat(UploadId.parse(id.toString())).isEqualTo(id);
    assertThat(id.value().version()).isEqualTo(4);
    assertThat(UploadId.random()).isNotEqualTo(id);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "1-1-1-1-1", "../../etc/passwd", "B7D3F9A2-1C9E-4A43-9D7C-0F6F3F1D2C3B"})
  void otherUploadIdsAreRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> UploadId.parse(text));
  }

  @Test
  void anOwnerIsBounded() {
    String longest = "x".repeat(UploadSpec.MAX_OWNER_LENGTH);
    new UploadSpec(DigestAlgorithm.SHA256, longest, Instant.EPOCH);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new UploadSpec(DigestAlgorithm.SHA256, longest + "x", Instant.EPOCH));
  }

  @Test
  void aManifestAndItsRecordBelongTogether() {
    RawManifest raw = RawManifest.of(MediaType.OCI_MANIFEST, Bytes.utf8("{}"));
    RawManifest other = RawManifest.of(MediaType.OCI_MANIFEST, Bytes.utf8("[]"));
    ManifestRecord record =
        new ManifestRecord(
            new Descriptor(MediaType.OCI_MANIFEST, raw.digest(), 2),
            null,
            Set.of(),
            Set.of(),
            Attributes.UNLOCKED,
            Instant.EPOCH,
            Instant.EPOCH);
    assertThat(new StoredManifest(raw, record).record().digest()).isEqualTo(raw.digest());
    assertThatIllegalArgumentException().isThrownBy(() -> new StoredManifest(other, record));
  }
}
