package io.registrykit.internal.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrykit.error.ErrorCode;
import io.registrykit.error.ErrorInfo;
import io.registrykit.model.Bytes;
import io.registrykit.model.Descriptor;
import io.registrykit.model.Digest;
import io.registrykit.model.DigestAlgorithm;
import io.registrykit.model.MediaType;
import io.registrykit.model.RepositoryName;
import io.registrykit.model.Tag;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Holds the documents on the wire to files, byte for byte. */
class WireJsonTest {
  private static final Digest DIGEST = Bytes.utf8("a").digest(DigestAlgorithm.SHA256);

  private static String golden(String name) throws IOException {
    try (InputStream in = WireJsonTest.class.getResourceAsStream("/golden/" + name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8)
          .stripTrailing();
    }
  }

  private static void assertGolden(Bytes document, String name) throws IOException {
    assertThat(document.toUtf8()).isEqualTo(golden(name));
  }

  @Test
  void errorsNameTheirDetailInOneOrder() throws IOException {
    assertGolden(
        WireJson.errors(
            List.of(
                new ErrorInfo(ErrorCode.MANIFEST_BLOB_UNKNOWN, Map.of("digest", DIGEST.toString())),
                new ErrorInfo(
                    ErrorCode.SIZE_INVALID, "too \"large\"\n", Map.of("b", "2", "a", "1")),
                new ErrorInfo(ErrorCode.UNKNOWN, Map.of()))),
        "errors.json");
  }

  @Test
  void tagsKeepTheirOrder() throws IOException {
    assertGolden(
        WireJson.tags(
            RepositoryName.parse("team/app"),
            List.of(Tag.parse("10"), Tag.parse("V2"), Tag.parse("a"))),
        "tags.json");
  }

  @Test
  void noTagsAreAnEmptyArrayAndNeverNull() throws IOException {
    assertGolden(WireJson.tags(RepositoryName.parse("team/app"), List.of()), "tags-none.json");
  }

  @Test
  void catalogListsNames() throws IOException {
    assertGolden(
        WireJson.catalog(List.of(RepositoryName.parse("a/b"), RepositoryName.parse("c"))),
        "catalog.json");
    assertGolden(WireJson.catalog(List.of()), "catalog-none.json");
  }

  @Test
  void indexShowsArtifactTypeAndAnnotations() throws IOException {
    Map<String, String> annotations = new LinkedHashMap<>();
    annotations.put("z", "last comes first");
    annotations.put("a", "ünïcode \u2028");
    assertGolden(
        WireJson.index(
            List.of(
                new Descriptor(
                    MediaType.OCI_MANIFEST,
                    DIGEST,
                    1234,
                    new MediaType("application/vnd.example.sbom"),
                    annotations),
                new Descriptor(MediaType.OCI_INDEX, DIGEST, 5_000_000_000L))),
        "index.json");
  }

  @Test
  void indexWithoutEntriesIsStillAnIndex() throws IOException {
    assertGolden(WireJson.index(List.of()), "index-none.json");
  }
}
