package io.registrykit.internal.auth.store;

import io.registrykit.internal.json.JsonReader;
import io.registrykit.internal.json.JsonWriter;
import java.io.IOException;

/**
 * How the values of a {@link StoredTable} are written: as fields of a JSON object. Implementations
 * are immutable.
 *
 * @param <V> the values, which are immutable
 */
public interface EntryFormat<V> {

  /**
   * Writes a value.
   *
   * @param json where the fields go
   * @param value the value
   * @throws IOException never, but the writer says so
   */
  void write(JsonWriter json, V value) throws IOException;

  /**
   * Starts to read a value.
   *
   * @return what takes its fields
   */
  Reading<V> reading();

  /**
   * Takes the fields of one value. For one thread.
   *
   * @param <V> the value
   */
  interface Reading<V> {

    /**
     * Takes a field.
     *
     * @param json stands at the value of the field
     * @param name the name of the field
     * @throws io.registrykit.internal.json.JsonFormatException if there is no such field, or its
     *     value is wrong
     */
    void field(JsonReader json, String name);

    /**
     * Ends.
     *
     * @param key the name of the value
     * @return the value
     * @throws IllegalArgumentException if a field is missing or its value is wrong
     */
    V value(String key);
  }
}
