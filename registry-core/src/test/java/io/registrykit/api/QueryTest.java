package io.registrykit.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTest {

  @ParameterizedTest
  @CsvSource({
    "digest=sha256%3Aabc, digest, sha256:abc",
    "digest=sha256:abc, digest, sha256:abc",
    "a=1+2, a, 1 2",
    "a=1%2B2, a, 1+2",
    "_state=x&digest=y&digest=z, digest, y",
    "a, a, ''",
    "a=, a, ''",
    "a=b=c, a, b=c",
    "&&a=1&, a, 1",
    "%61=1, a, 1",
    "a=%C3%A9, a, \u00e9"
  })
  void parametersAreFormData(String raw, String name, String value) {
    Query query = Query.parse(raw);

    assertThat(query.first(name)).contains(value);
    assertThat(query.problem()).isEmpty();
    assertThat(query.isEmpty()).isFalse();
  }

  @Test
  void namesHaveCaseAndMayRepeat() {
    Query query = Query.parse("tag=a&Tag=b&tag=c");

    assertThat(query.all("tag")).containsExactly("a", "c");
    assertThat(query.all("Tag")).containsExactly("b");
    assertThat(query.all("TAG")).isEmpty();
    assertThat(query.first("TAG")).isEmpty();
    assertThat(query).hasToString("[tag, Tag]");
  }

  @Test
  void nothingIsEmpty() {
    assertThat(Query.parse(null)).isEqualTo(Query.parse("")).isEqualTo(Query.parse("&&"));
    assertThat(Query.parse(null).isEmpty()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"%", "a=%", "a=%2", "a=%zz", "%zz=1", "ok=1&bad=%"})
  void whatCannotBeReadIsAProblem(String raw) {
    Query query = Query.parse(raw);

    assertThat(query.problem()).isPresent();
    assertThat(query.isTooLong()).isFalse();
    assertThat(query.isEmpty()).isTrue();
    assertThat(query).isNotEqualTo(Query.parse(""));
  }

  @Test
  void whatIsTooLongIsAProblemOfItsOwn() {
    assertThat(Query.parse("a".repeat(Query.MAX_LENGTH)).problem()).isEmpty();
    assertThat(Query.parse("a".repeat(Query.MAX_LENGTH + 1)).isTooLong()).isTrue();
    assertThat(Query.parse("a&".repeat(Query.MAX_PARAMETERS)).problem()).isEmpty();
    assertThat(Query.parse("a&".repeat(Query.MAX_PARAMETERS + 1)).isTooLong()).isTrue();
  }

  @Provide
  Arbitrary<List<String>> values() {
    return Arbitraries.strings().all().filter(QueryTest::isEncodable).list().ofMaxSize(10);
  }

  /** A lone surrogate has no encoding. */
  private static boolean isEncodable(String text) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }

  @Property
  void whatWasEncodedIsReadBack(@ForAll("values") List<String> values) {
    String raw =
        values.stream()
            .map(value -> "k=" + URLEncoder.encode(value, StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));

    Query query = Query.parse(raw);

    assertThat(query.all("k")).isEqualTo(values);
    assertThat(query).isEqualTo(Query.parse("&" + raw)).hasSameHashCodeAs(Query.parse(raw));
  }
}
