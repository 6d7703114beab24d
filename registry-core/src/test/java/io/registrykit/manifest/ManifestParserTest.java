package io.registrykit.manifest;

import static io.registrykit.manifest.ManifestSamples.A;
import static io.registrykit.manifest.ManifestSamples.B;
import static io.registrykit.manifest.ManifestSamples.C;
import static io.registrykit.manifest.ManifestSamples.descriptor;
import static io.registrykit.manifest.ManifestSamples.image;
import static io.registrykit.manifest.ManifestSamples.imageWithLayer;
import static io.registrykit.manifest.ManifestSamples.index;
import static org.assertj.core.api.Assertions.assertThat;

import io.registrykit.RegistryPolicy;
import io.registrykit.model.Bytes;
import io.registrykit.model.MediaType;
import io.registrykit.model.RawManifest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestParserTest {
  private static final ManifestParser PARSER = new ManifestParser(RegistryPolicy.strict());

  private static Manifest parse(MediaType type, String document) {
    return PARSER.parse(RawManifest.of(type, Bytes.utf8(document)));
  }

  private static ImageManifest parseImage(String document) {
    return (ImageManifest) parse(MediaType.OCI_MANIFEST, document);
  }

  private static ImageIndex parseIndex(String document) {
    return (ImageIndex) parse(MediaType.OCI_INDEX, document);
  }

  @Test
  void imageNamesItsBlobs() {
    ImageManifest image =
        parseImage(
            image(
                ",\"mediaType\":\"" + MediaType.OCI_MANIFEST + "\",\"annotations\":{\"k\":\"v\"}"));

    assertThat(image.config().digest()).contains(A);
    assertThat(image.layers()).extracting(ContentReference::digestText).containsExactly("" + B);
    assertThat(image.blobs()).extracting(ContentReference::size).containsExactly(1L, 2L);
    assertThat(image.manifests()).isEmpty();
    assertThat(image.annotations()).isEqualTo(Map.of("k", "v"));
    assertThat(image.subject()).isNull();
    assertThat(image.referrerType()).contains(MediaType.OCI_CONFIG);
  }

  @Test
  void artifactTypeOfItsOwnComesBeforeThatOfTheConfiguration() {
    ImageManifest artifact =
        parseImage(
            image(
                ",\"artifactType\":\"application/vnd.x\",\"subject\":"
                    + descriptor(MediaType.OCI_MANIFEST, C, 3)));

    assertThat(artifact.referrerType()).contains(new MediaType("application/vnd.x"));
    assertThat(artifact.subject()).extracting(ContentReference::digestText).isEqualTo("" + C);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"\"", "null"})
  void emptyArtifactTypeIsNone(String value) {
    ImageManifest artifact = parseImage(image(",\"artifactType\":" + value));

    assertThat(artifact.artifactType()).isNull();
    assertThat(artifact.referrerType()).contains(MediaType.OCI_CONFIG);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "null"})
  void imageMayHaveNoLayers(String layers) {
    String document =
        "{\"layers\":%s,\"config\":%s,\"schemaVersion\":2}"
            .formatted(layers, descriptor(MediaType.OCI_EMPTY, A, 2));

    assertThat(parseImage(document).layers()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "null"})
  void indexMayBeEmpty(String manifests) {
    ImageIndex index = parseIndex("{\"schemaVersion\":2,\"manifests\":" + manifests + "}");

    assertThat(index.manifests()).isEmpty();
    assertThat(index.blobs()).isEmpty();
    assertThat(index.referrerType()).isEmpty();
  }

  @Test
  void indexMixesImagesListsAndIndexes() {
    ImageIndex index =
        parseIndex(
            index(
                descriptor(MediaType.DOCKER_MANIFEST, A, 1),
                descriptor(MediaType.OCI_INDEX, B, 2),
                descriptor(new MediaType("application/vnd.other+json"), C, 3)));

    assertThat(index.manifests())
        .extracting(ContentReference::mediaType)
        .containsExactly(
            MediaType.DOCKER_MANIFEST,
            MediaType.OCI_INDEX,
            new MediaType("application/vnd.other+json"));
  }

  @Test
  void indexSaysWhatItsImagesRunOn() {
    String entry =
        """
        {"mediaType":"%s","digest":"%s","size":1,"artifactType":"a/b","platform":{"os":"windows",
        "architecture":"arm64","variant":"v8","os.version":"10","os.features":["f"],"x":[1]}}
        """
            .formatted(MediaType.OCI_MANIFEST, A);

    ContentReference found = parseIndex(index(entry)).manifests().get(0);
    assertThat(found.platform())
        .isEqualTo(new Platform("windows", "arm64", "v8", "10", List.of("f")))
        .hasToString("windows/arm64/v8");
    assertThat(found.artifactType()).isEqualTo(new MediaType("a/b"));
  }

  @Test
  void dockerDocumentsNameTheirType() {
    String image = image(",\"mediaType\":\"" + MediaType.DOCKER_MANIFEST + "\"");
    assertThat(parse(MediaType.DOCKER_MANIFEST, image)).isInstanceOf(ImageManifest.class);

    String list =
        "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"manifests\":[]}"
            .formatted(MediaType.DOCKER_MANIFEST_LIST);
    assertThat(parse(MediaType.DOCKER_MANIFEST_LIST, list)).isInstanceOf(ImageIndex.class);
  }

  @Test
  void unknownFieldsAndDataArePassedOver() {
    ImageManifest image =
        parseImage(
            "{\"custom\":{\"layers\":[{\"digest\":1}]},\"more\":[[1.5e400]],"
                + imageWithLayer(
                        "{\"mediaType\":\"a/b\",\"digest\":\"%s\",\"size\":1,\"data\":\"YQ==\"}"
                            .formatted(A))
                    .substring(1));

    assertThat(image.layers()).hasSize(1);
  }

  @Test
  void digestsOfOtherAlgorithmsAreLegalAndNobodyHasThem() {
    ContentReference layer =
        parseImage(imageWithLayer(descriptor(MediaType.OCTET_STREAM, "blake3+b64:QUJD_-=", 1)))
            .layers()
            .get(0);

    assertThat(layer.digestText()).isEqualTo("blake3+b64:QUJD_-=");
    assertThat(layer.digest()).isEmpty();
    assertThat(layer.descriptor()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/vnd.oci.image.layer.nondistributable.v1.tar",
        "application/vnd.oci.image.layer.nondistributable.v1.tar+gzip",
        "application/vnd.oci.image.layer.nondistributable.v1.tar+zstd",
        "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip"
      })
  void layersThatNobodyPushesAreExternal(String type) {
    ImageManifest image = parseImage(imageWithLayer(descriptor(new MediaType(type), B, 1)));

    assertThat(image.layers().get(0).isExternal()).isTrue();
    assertThat(image.config().isExternal()).isFalse();
  }

  @Test
  void layersWithAddressesAreExternal() {
    String layer =
        "{\"mediaType\":\"a/b\",\"digest\":\"%s\",\"size\":1,\"urls\":[\"https://example.org/l\"]}"
            .formatted(A);

    ContentReference found = parseImage(imageWithLayer(layer)).layers().get(0);
    assertThat(found.urls()).containsExactly("https://example.org/l");
    assertThat(found.isExternal()).isTrue();
  }

  @Test
  void findsTheTypeThatADocumentGivesItself() {
    assertThat(PARSER.mediaTypeOf(Bytes.utf8("{\"a\":[{}],\"mediaType\":\"a/b\"}")))
        .contains(new MediaType("a/b"));
    assertThat(PARSER.mediaTypeOf(Bytes.utf8("{\"mediaType\":{\"x\":1}}"))).isEmpty();
    assertThat(PARSER.mediaTypeOf(Bytes.utf8("{\"mediaType\":\"nonsense\"}"))).isEmpty();
    assertThat(PARSER.mediaTypeOf(Bytes.utf8("{}"))).isEmpty();
  }
}
