package io.registrykit.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageReferenceTest {
  private static final String DIGEST = "sha256:" + "0".repeat(64);

  @ParameterizedTest
  @CsvSource({
    "app, , app, ",
    "team/app:v1, , team/app, v1",
    "localhost/app, localhost, app, ",
    "localhost:5000/team/app:v1, localhost:5000, team/app, v1",
    "127.0.0.1:5000/app:latest, 127.0.0.1:5000, app, latest",
    "registry.example/a/b/c, registry.example, a/b/c, ",
    "[::1]:5000/app, [::1]:5000, app, "
  })
  void takesThePartsApart(String text, String host, String repository, String tag) {
    ImageReference reference = ImageReference.parse(text);
    assertThat(reference.host()).isEqualTo(host);
    assertThat(reference.repository()).hasToString(repository);
    assertThat(reference.tag()).isEqualTo(tag == null ? null : Tag.parse(tag));
    assertThat(reference).hasToString(text);
  }

  @Test
  void theDigestNamesTheManifestWhereThereAreBoth() {
    ImageReference both = ImageReference.parse("host.example/app:v1@" + DIGEST);
    assertThat(both.reference()).contains(Digest.parse(DIGEST));
    assertThat(both.tag()).isEqualTo(Tag.parse("v1"));
    assertThat(ImageReference.parse("app:v1").reference()).contains(Tag.parse("v1"));
    assertThat(ImageReference.parse("app").reference()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/app",
        "app:",
        "app@",
        "app@v1",
        "Team/app",
        "ho_st.x/app",
        "a:b:c",
        "a/../b"
      })
  void refusesOthers(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> ImageReference.parse(text));
  }
}
