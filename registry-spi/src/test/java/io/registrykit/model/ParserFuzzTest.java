package io.registrykit.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.registrykit.spi.store.UploadId;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/**
 * Whatever a stranger sends, a parser answers with a value that prints as it was read, or with
 * {@link IllegalArgumentException}. Runs over the seeds in every build; with {@code JAZZER_FUZZ=1}
 * it searches on.
 */
class ParserFuzzTest {

  @FuzzTest
  void values(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    roundTrips(text, Digest::parse);
    roundTrips(text, Tag::parse);
    roundTrips(text, RepositoryName::parse);
    roundTrips(text, Reference::parse);
    roundTrips(text, UploadId::parse);
    roundTrips(text, MediaType::new);
    if (Digest.isWellFormed(text)) {
      assertThat(text).contains(":").doesNotContain("/", "\\");
    }
  }

  @FuzzTest
  void references(byte[] input) {
    roundTrips(new String(input, StandardCharsets.UTF_8), ImageReference::parse);
  }

  @FuzzTest
  void mediaTypes(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    try {
      MediaType type = MediaType.parse(text);
      assertThat(MediaType.parse(type.toString())).isEqualTo(type);
      assertThat(type.value()).doesNotContain(";", " ", "\r", "\n");
    } catch (IllegalArgumentException expected) {
      assertThat(expected).hasMessageNotContaining("index");
    }
  }

  private static void roundTrips(String text, Function<String, ?> parser) {
    try {
      assertThat(parser.apply(text)).hasToString(text);
    } catch (IllegalArgumentException expected) {
      assertThat(expected.getClass()).isEqualTo(IllegalArgumentException.class);
    }
  }
}
