package io.registrykit.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;

class HeadersTest {

  @Test
  void namesHaveNoCase() {
    Headers headers = Headers.of("Accept", "a", "ACCEPT", "b", "Range", "c");

    assertThat(headers.first("accept")).contains("a");
    assertThat(headers.all("aCCept")).containsExactly("a", "b");
    assertThat(headers.first("Host")).isEmpty();
    assertThat(headers.all("Host")).isEmpty();
    assertThat(headers.characters()).isEqualTo(20);
  }

  @Test
  void aBuilderGoesOnWithoutTouchingWhatItBuilt() {
    Headers.Builder builder = Headers.builder().add("A", "1").add("B", "2");
    Headers first = builder.build();

    Headers second = builder.set("a", "3").add("C", "4").build();

    assertThat(first).isEqualTo(Headers.of("A", "1", "B", "2"));
    assertThat(second).isEqualTo(Headers.of("B", "2", "A", "3", "C", "4"));
    assertThat(builder.set("B", "5").build().all("b")).containsExactly("5");
    assertThat(second.first("B")).contains("2");
  }

  @Test
  void nothingIsTheSameAsEmpty() {
    assertThat(Headers.builder().build()).isSameAs(Headers.empty());
    assertThat(Headers.of()).isEqualTo(Headers.empty()).hasSameHashCodeAs(Headers.empty());
  }

  @Test
  void aValueCannotEndItsLine() {
    for (String bad : List.of("a\rb", "a\nb", "a\0b")) {
      assertThatIllegalArgumentException().isThrownBy(() -> Headers.of("A", bad));
      assertThatIllegalArgumentException().isThrownBy(() -> Headers.builder().set("A", bad));
    }
    assertThatIllegalArgumentException().isThrownBy(() -> Headers.of("A"));
  }

  @Test
  void aSecretIsNotPrinted() {
    assertThat(Headers.of("Authorization", "Basic abc")).hasToString("[authorization]");
  }

  @Provide
  Arbitrary<List<Tuple.Tuple2<String, String>>> lines() {
    return Arbitraries.of("A", "a", "B", "b", "Content-Length", "content-LENGTH")
        .flatMap(name -> Arbitraries.of("1", "2", "3").map(value -> Tuple.of(name, value)))
        .list()
        .ofMaxSize(30);
  }

  @Property
  void theyBehaveLikeAMap(@ForAll("lines") List<Tuple.Tuple2<String, String>> lines) {
    Map<String, List<String>> model = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    Headers.Builder builder = Headers.builder();
    for (Tuple.Tuple2<String, String> line : lines) {
      if (line.get2().equals("3")) {
        model.put(line.get1(), new ArrayList<>(List.of(line.get2())));
        builder.set(line.get1(), line.get2());
      } else {
        model.computeIfAbsent(line.get1(), key -> new ArrayList<>()).add(line.get2());
        builder.add(line.get1(), line.get2());
      }
    }
    Headers headers = builder.build();

    Map<String, List<String>> seen = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.forEach((name, value) -> seen.computeIfAbsent(name, k -> new ArrayList<>()).add(value));
    assertThat(seen).isEqualTo(model);
    Headers.Builder again = Headers.builder();
    model.forEach(
        (name, values) -> {
          assertThat(headers.all(name)).isEqualTo(values);
          assertThat(headers.first(name)).contains(values.get(0));
          values.forEach(value -> again.add(name.toUpperCase(Locale.ROOT), value));
        });
    assertThat(again.build()).isEqualTo(headers).hasSameHashCodeAs(headers);
  }
}
