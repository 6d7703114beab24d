package io.registrykit.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrykit.model.Bytes;
import io.registrykit.model.MediaType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Random documents: what is right is read as it was meant, what is broken is refused by name. */
class ManifestProperties {
  private static final ManifestParser PARSER = new ManifestParser(ManifestSamples.smallPolicy());

  @Provide
  Arbitrary<String> digests() {
    return Arbitraries.of(
        ManifestSamples.A.toString(),
        ManifestSamples.B.toString(),
        "sha512:" + "ab".repeat(64),
        "blake3:QUJD");
  }

  @Provide
  Arbitrary<List<String>> layers() {
    return Combinators.combine(digests(), Arbitraries.longs().greaterOrEqual(0))
        .as((digest, size) -> ManifestSamples.descriptor(MediaType.OCI_LAYER_GZIP, digest, size))
        .list()
        .ofMaxSize(8);
  }

  @Property(tries = 300)
  void everyOrderOfFieldsIsTheSameManifest(
      @ForAll("layers") List<String> layers, @ForAll("orders") List<Integer> order) {
    List<String> fields =
        List.of(
            "\"schemaVersion\":2",
            "\"config\":" + ManifestSamples.descriptor(MediaType.OCI_CONFIG, ManifestSamples.C, 3),
            "\"layers\":[" + String.join(",", layers) + "]",
            "\"more\":{\"layers\":[{\"digest\":null}]}");
    String document = "{" + String.join(" ,\n", order.stream().map(fields::get).toList()) + "}";

    Manifest found = PARSER.parse(MediaType.OCI_MANIFEST, Bytes.utf8(document));

    assertThat(found.blobs().stream().skip(1).map(ManifestProperties::write)).isEqualTo(layers);
  }

  private static String write(ContentReference reference) {
    return ManifestSamples.descriptor(
        reference.mediaType(), reference.digestText(), reference.size());
  }

  @Provide
  Arbitrary<List<Integer>> orders() {
    return Arbitraries.shuffle(0, 1, 2, 3);
  }

  @Property(tries = 2000)
  void documentsWithOneByteChangedAreUnderstoodOrRefused(
      @ForAll("layers") List<String> layers, @ForAll int place, @ForAll byte change) {
    String document = ManifestSamples.imageWithLayer(String.join(",", layers));
    byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
    bytes[Math.floorMod(place, bytes.length)] = change;

    ManifestFuzzTest.check(MediaType.OCI_MANIFEST, Bytes.copyOf(bytes));
    ManifestFuzzTest.check(MediaType.OCI_INDEX, Bytes.copyOf(bytes));
  }

  @Property(tries = 300)
  void cutDocumentsAreRefused(@ForAll("layers") List<String> layers, @ForAll int place) {
    String document = ManifestSamples.imageWithLayer(String.join(",", layers));
    String cut = document.substring(0, Math.floorMod(place, document.length()));

    assertThat(ManifestFuzzTest.check(MediaType.OCI_MANIFEST, Bytes.utf8(cut))).isFalse();
  }
}
