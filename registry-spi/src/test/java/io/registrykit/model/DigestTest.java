package io.registrykit.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DigestTest {
  /** FIPS 180-2, appendix B.1 and C.1: the message "abc". */
  private static final String ABC_SHA256 =
      "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  private static final String ABC_SHA512 =
      "sha512:ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
          + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f";

  private static final byte[] ABC = "abc".getBytes(StandardCharsets.US_ASCII);

  @Test
  void hashesAsTheStandardSays() {
    assertThat(Digest.of(DigestAlgorithm.SHA256, ABC)).hasToString(ABC_SHA256);
    assertThat(Digest.of(DigestAlgorithm.SHA512, ABC)).hasToString(ABC_SHA512);
  }

  @Test
  void readsWhatItWrites() {
    assertThat(Digest.parse(ABC_SHA256)).hasToString(ABC_SHA256);
    assertThat(Digest.parse(ABC_SHA512).algorithm()).isEqualTo(DigestAlgorithm.SHA512);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "sha256",
        "sha256:",
        ":abc",
        "sha256:baddigeststring",
        "sha256:BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD",
        "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015a",
        "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad0",
        "SHA256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        "sha256:../../../../../../../../../../../../../../../../../../../../etc/passw",
        "md5:900150983cd24fb0d6963f7d28e17f72"
      })
  void refusesOthers(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Digest.parse(text));
  }

  @Test
  void knowsTheShapeOfAlgorithmsThatItCannotCompute() {
    assertThat(Digest.isWellFormed("blake3+b64u:LCa0a2j_xo-5m0U8HTBBNBNCLXBkg7=")).isTrue();
    assertThat(
            Digest.isWellFormed("multihash+base58:QmRZxt2b1FVZPNqd8hsiykDL3TdBDeTSPX9Kv46HmX4Gx8"))
        .isTrue();
    assertThat(Digest.isWellFormed("sha256:../x")).isFalse();
    assertThat(Digest.isWellFormed("a+:x")).isFalse();
    assertThat(Digest.isWellFormed("+a:x")).isFalse();
  }

  @Test
  void hasherCountsAndGoesOnAfterADigest() {
    Hasher hasher = DigestAlgorithm.SHA256.newHasher();
    hasher.update(ABC, 0, 1);
    Digest early = hasher.digest();
    hasher.update(ByteBuffer.wrap(ABC, 1, 2));
    assertThat(hasher.size()).isEqualTo(3);
    assertThat(hasher.digest()).hasToString(ABC_SHA256).isNotEqualTo(early);
  }

  @Test
  void isOrderedByItsFormOnTheWire() {
    assertThat(Digest.parse(ABC_SHA256)).isLessThan(Digest.parse(ABC_SHA512));
    assertThat(new Digest(DigestAlgorithm.SHA256, "0".repeat(64)))
        .isLessThan(Digest.parse(ABC_SHA256));
  }

  @Test
  void aManifestHasTheDigestOfItsBytes() {
    Bytes content = Bytes.utf8("{}");
    RawManifest manifest = RawManifest.of(MediaType.OCI_MANIFEST, content);
    assertThat(manifest.digest()).isEqualTo(content.digest(DigestAlgorithm.SHA256));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new RawManifest(MediaType.OCI_MANIFEST, Digest.parse(ABC_SHA256), content));
  }
}
