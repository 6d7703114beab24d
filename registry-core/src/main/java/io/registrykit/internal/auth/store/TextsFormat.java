package io.registrykit.internal.auth.store;

import io.registrykit.internal.json.JsonReader;
import io.registrykit.internal.json.JsonWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Texts, such as the name of a scope map. Immutable.
 *
 * @param field the name of their field
 */
public record TextsFormat(String field) implements EntryFormat<List<String>> {

  @Override
  public void write(JsonWriter json, List<String> texts) throws IOException {
    json.array(
        field,
        array -> {
          for (String text : texts) {
            array.string(text);
          }
        });
  }

  @Override
  public Reading<List<String>> reading() {
    return new Reading<>() {
      private final List<String> texts = new ArrayList<>();

      @Override
      public void field(JsonReader json, String name) {
        if (!name.equals(field)) {
          throw json.invalid("there is no such field");
        }
        texts.addAll(json.strings());
      }

      @Override
      public List<String> value(String key) {
        return List.copyOf(texts);
      }
    };
  }
}
