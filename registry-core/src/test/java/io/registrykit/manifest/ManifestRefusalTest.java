package io.registrykit.manifest;

import static io.registrykit.manifest.ManifestSamples.A;
import static io.registrykit.manifest.ManifestSamples.descriptor;
import static io.registrykit.manifest.ManifestSamples.image;
import static io.registrykit.manifest.ManifestSamples.imageWithLayer;
import static io.registrykit.manifest.ManifestSamples.index;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.registrykit.RegistryPolicy;
import io.registrykit.error.ErrorCode;
import io.registrykit.error.InvalidContentException;
import io.registrykit.error.LimitException;
import io.registrykit.model.Bytes;
import io.registrykit.model.MediaType;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the parser refuses, and how it names the place. */
class ManifestRefusalTest {
  private static final RegistryPolicy POLICY = RegistryPolicy.strict();
  private static final ManifestParser PARSER = new ManifestParser(POLICY);

  private static InvalidContentException refusal(MediaType type, Bytes document) {
    InvalidContentException refusal =
        catchThrowableOfType(InvalidContentException.class, () -> PARSER.parse(type, document));
    assertThat(refusal).as(document.toUtf8()).isNotNull();
    assertThat(refusal.code()).isEqualTo(ErrorCode.MANIFEST_INVALID);
    assertThat(refusal.httpStatus()).isEqualTo(400);
    return refusal;
  }

  private static void assertRefused(MediaType type, String document, String pointer) {
    assertThat(refusal(type, Bytes.utf8(document)).detail()).containsEntry("pointer", pointer);
  }

  private static void assertImageRefused(String document, String pointer) {
    assertRefused(MediaType.OCI_MANIFEST, document, pointer);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "[]", "null", "1", "\"a\"", "{", "}", "nonsense", "\uFEFF{}"})
  void whatIsNoObject(String document) {
    assertImageRefused(document, "");
  }

  @Test
  void whatIsNoUtf8() {
    byte[] latin1 = image(",\"x\":\"\u00FC\"").getBytes(StandardCharsets.ISO_8859_1);
    refusal(MediaType.OCI_MANIFEST, Bytes.copyOf(latin1));
    byte[] utf16 = image("").getBytes(StandardCharsets.UTF_16BE);
    refusal(MediaType.OCI_MANIFEST, Bytes.copyOf(utf16));
  }

  @Test
  void whatGoesOnBehindItsEnd() {
    assertImageRefused(image("") + "{}", "");
  }

  @ParameterizedTest
  @CsvSource({
    "'', /schemaVersion",
    "'\"schemaVersion\":1', /schemaVersion",
    "'\"schemaVersion\":\"2\"', /schemaVersion",
    "'\"schemaVersion\":2.0', /schemaVersion",
    "'\"schemaVersion\":99999999999999999999', /schemaVersion",
    "'\"schemaVersion\":2', /config",
    "'\"schemaVersion\":2,\"config\":null', /config",
    "'\"schemaVersion\":2,\"config\":[]', /config",
    "'\"schemaVersion\":2,\"layers\":{}', /layers",
    "'\"schemaVersion\":2,\"layers\":[7]', /layers/0",
    "'\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.index.v1+json\"', /mediaType",
    "'\"schemaVersion\":2,\"mediaType\":null', /mediaType",
    "'\"schemaVersion\":2,\"artifactType\":\"nonsense\"', /artifactType",
    "'\"schemaVersion\":2,\"subject\":[]', /subject",
    "'\"schemaVersion\":2,\"annotations\":{\"a/b\":1}', /annotations/a~1b",
    "'\"schemaVersion\":2,\"annotations\":[]', /annotations",
  })
  void wrongFields(String fields, String pointer) {
    assertImageRefused("{" + fields + "}", pointer);
  }

  @Test
  void imageWithoutLayersField() {
    assertImageRefused(
        "{\"schemaVersion\":2,\"config\":" + descriptor(MediaType.OCI_EMPTY, A, 2) + "}",
        "/layers");
  }

  @Test
  void fieldsThatAreThereTwice() {
    assertImageRefused(image(",\"schemaVersion\":2"), "/schemaVersion");
    assertImageRefused(image(",\"x\":{\"y\":1,\"y\":2}"), "/x/y");
  }

  @Test
  void documentsThatAreTwoThings() {
    assertImageRefused(image(",\"manifests\":[]"), "/manifests");
    assertRefused(MediaType.OCI_INDEX, image(",\"manifests\":[]"), "/layers");
    assertRefused(
        MediaType.OCI_INDEX,
        "{\"schemaVersion\":2,\"manifests\":[],\"config\":"
            + descriptor(MediaType.OCI_CONFIG, A, 1)
            + "}",
        "/config");
    assertRefused(MediaType.OCI_INDEX, "{\"schemaVersion\":2}", "/manifests");
  }

  @Test
  void dockerDocumentsThatDoNotNameTheirType() {
    assertRefused(MediaType.DOCKER_MANIFEST, image(""), "/mediaType");
    assertRefused(MediaType.DOCKER_MANIFEST_LIST, index(), "/mediaType");
  }

  @ParameterizedTest
  @CsvSource({
    "'', /layers/0/mediaType",
    "'\"mediaType\":\"a/b\"', /layers/0/digest",
    "'\"mediaType\":\"a/b\",\"digest\":\"sha256:abc\"', /layers/0/digest",
    "'\"mediaType\":\"a/b\",\"digest\":\"sha256\"', /layers/0/digest",
    "'\"mediaType\":\"a/b\",\"digest\":\"../../etc:passwd\"', /layers/0/digest",
    "'\"mediaType\":\"a/b\",\"digest\":\"x:y\"', /layers/0/size",
    "'\"mediaType\":\"a/b\",\"digest\":\"x:y\",\"size\":-1', /layers/0/size",
    "'\"mediaType\":\"a/b\",\"digest\":\"x:y\",\"size\":1.5', /layers/0/size",
    "'\"mediaType\":\"a/b\",\"digest\":\"x:y\",\"size\":\"1\"', /layers/0/size",
    "'\"mediaType\":\"a/b\",\"digest\":\"x:y\",\"size\":9223372036854775808', /layers/0/size",
    "'\"mediaType\":\"a b\",\"digest\":\"x:y\",\"size\":1', /layers/0/mediaType",
    "'\"mediaType\":1', /layers/0/mediaType",
    "'\"urls\":\"https://example.org\"', /layers/0/urls",
    "'\"urls\":[1]', /layers/0/urls/0",
    "'\"data\":{}', /layers/0/data",
    "'\"annotations\":{\"k\":null}', /layers/0/annotations/k",
    "'\"platform\":[]', /layers/0/platform",
    "'\"platform\":{\"os\":1}', /layers/0/platform/os",
  })
  void wrongDescriptors(String fields, String pointer) {
    assertImageRefused(imageWithLayer("{" + fields + "}"), pointer);
  }

  @Test
  void typesThatTheRegistryDoesNotUnderstand() {
    InvalidContentException refusal = refusal(MediaType.OCTET_STREAM, Bytes.utf8(image("")));
    assertThat(refusal.detail()).containsEntry("mediaType", "application/octet-stream");
  }

  @Test
  void tooManyReferences() {
    int most = POLICY.maxReferences();
    String entry = descriptor(MediaType.OCI_MANIFEST, "x:y", 1);
    String[] entries = Collections.nCopies(most + 1, entry).toArray(String[]::new);

    PARSER.parse(MediaType.OCI_INDEX, Bytes.utf8(index(entries).replaceFirst(",\\{[^}]*}", "")));
    assertRefused(MediaType.OCI_INDEX, index(entries), "/manifests/" + most);
  }

  @Test
  void tooDeepNesting() {
    int most = POLICY.maxJsonDepth();
    PARSER.parse(
        MediaType.OCI_MANIFEST,
        Bytes.utf8(image(",\"x\":" + "[".repeat(most - 1) + "]".repeat(most - 1))));
    refusal(
        MediaType.OCI_MANIFEST, Bytes.utf8(image(",\"x\":" + "[".repeat(most) + "]".repeat(most))));
    refusal(MediaType.OCI_MANIFEST, Bytes.utf8("{\"x\":" + "[".repeat(1_000_000)));
  }

  @Test
  void tooLongDocuments() {
    ManifestParser small = new ManifestParser(POLICY.withMaxManifestBytes(1000));
    String document = image("") + " ".repeat(1000);

    small.parse(MediaType.OCI_MANIFEST, Bytes.utf8(document.substring(0, 1000)));
    assertThatExceptionOfType(LimitException.class)
        .isThrownBy(
            () -> small.parse(MediaType.OCI_MANIFEST, Bytes.utf8(document.substring(0, 1001))))
        .satisfies(tooLarge -> assertThat(tooLarge.httpStatus()).isEqualTo(413));
  }
}
