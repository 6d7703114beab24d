package io.registrykit.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.registrykit.error.ErrorCode;
import io.registrykit.error.InvalidContentException;
import io.registrykit.error.LimitException;
import io.registrykit.model.Bytes;
import io.registrykit.model.MediaType;
import java.util.List;

/**
 * Whatever a stranger sends, the parser answers with a manifest that keeps its promises, or refuses
 * it by name. Runs over the seeds in every build; with {@code JAZZER_FUZZ=1} it searches on.
 */
class ManifestFuzzTest {
  private static final ManifestParser PARSER = new ManifestParser(ManifestSamples.smallPolicy());

  private static final List<MediaType> TYPES =
      List.of(
          MediaType.OCI_MANIFEST,
          MediaType.OCI_INDEX,
          MediaType.DOCKER_MANIFEST,
          MediaType.DOCKER_MANIFEST_LIST);

  @FuzzTest
  void manifests(byte[] input) {
    Bytes document = Bytes.copyOf(input);
    int understood = 0;
    for (MediaType type : TYPES) {
      understood += check(type, document) ? 1 : 0;
    }
    // Docker's documents name their type and the others have different fields: never two things.
    assertThat(understood).isLessThanOrEqualTo(1);
    try {
      PARSER.mediaTypeOf(document);
    } catch (InvalidContentException | LimitException refused) {
      assertThat(understood).isZero();
    }
  }

  /** Returns whether the document is a manifest of the type. */
  static boolean check(MediaType type, Bytes document) {
    try {
      Manifest manifest = PARSER.parse(type, document);
      assertThat(manifest.mediaType()).isEqualTo(type);
      assertThat(manifest.blobs().isEmpty()).isEqualTo(manifest instanceof ImageIndex);
      assertThat(manifest.blobs().size() + manifest.manifests().size())
          .isLessThanOrEqualTo(ManifestSamples.smallPolicy().maxReferences());
      return true;
    } catch (InvalidContentException refused) {
      assertThat(refused.code()).isEqualTo(ErrorCode.MANIFEST_INVALID);
      assertThat(refused.detail().get("pointer")).matches("(?s)(/.*)?");
      return false;
    } catch (LimitException refused) {
      assertThat(document.length()).isGreaterThan(ManifestSamples.smallPolicy().maxManifestBytes());
      return false;
    }
  }
}
