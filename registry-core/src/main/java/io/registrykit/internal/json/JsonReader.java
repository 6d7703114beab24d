package io.registrykit.internal.json;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.registrykit.model.Bytes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON document from front to back, without building a tree, so that a hostile document
 * costs no more memory than its own length. Stands on one value at a time. Not safe for use by
 * several threads at once.
 *
 * <p>Every method throws {@link JsonFormatException} if the document is not JSON in UTF-8, has a
 * field twice, is over a limit, or has another value in this place.
 */
public final class JsonReader {
  private final JsonParser parser;

  private JsonReader(JsonParser parser) {
    this.parser = parser;
  }

  /** Opens documents within given limits. Safe for use by any number of threads. */
  public static final class Source {
    private final JsonFactory factory;

    /**
     * A source with limits.
     *
     * @param maxDepth how deep values may be nested
     * @param maxLength how long a document may be, in bytes
     */
    public Source(int maxDepth, int maxLength) {
      factory =
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder()
                      .maxNestingDepth(maxDepth)
                      .maxDocumentLength(maxLength)
                      .maxStringLength(maxLength)
                      .build())
              .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
              .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
              .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
              .disable(JsonFactory.Feature.CHARSET_DETECTION)
              .build();
    }

    /**
     * Reads a document that consists of one object, to its end.
     *
     * @param document the document
     * @param onField called with the name of each field; the reader then stands on its value
     */
    public void readObject(Bytes document, FieldVisitor onField) {
      try (JsonParser parser = factory.createParser(document.asInputStream())) {
        JsonReader reader = new JsonReader(parser);
        reader.advance();
        reader.object(name -> onField.field(reader, name));
        if (reader.advance() != null) {
          throw new JsonFormatException("", "the document goes on behind its end");
        }
      } catch (IOException e) {
        throw new AssertionError("bytes in memory cannot fail to be read", e);
      }
    }
  }

  /** Takes the fields of the outermost object. */
  @FunctionalInterface
  public interface FieldVisitor {

    /**
     * Reads or {@linkplain JsonReader#skip skips} one value.
     *
     * @param reader stands on the value
     * @param name the name of the field
     */
    void field(JsonReader reader, String name);
  }

  private @Nullable JsonToken advance() {
    try {
      return parser.nextToken();
    } catch (IOException e) {
      throw broken(e);
    }
  }

  private JsonFormatException broken(IOException cause) {
    String message =
        cause instanceof JacksonException json ? json.getOriginalMessage() : cause.getMessage();
    return new JsonFormatException(pointer(), message == null ? "malformed JSON" : message);
  }

  /**
   * Reads an object.
   *
   * @param onField called with the name of each field, to read or skip its value
   */
  public void object(Consumer<String> onField) {
    expect(JsonToken.START_OBJECT, "an object");
    while (advance() == JsonToken.FIELD_NAME) {
      String name = text();
      advance();
      onField.accept(name);
    }
  }

  /**
   * Reads an array.
   *
   * @param onElement called for each element, to read or skip it
   */
  public void array(Runnable onElement) {
    expect(JsonToken.START_ARRAY, "an array");
    while (advance() != JsonToken.END_ARRAY) {
      onElement.run();
    }
  }

  /** Passes over the value, whatever it is. */
  public void skip() {
    try {
      parser.skipChildren();
    } catch (IOException e) {
      throw broken(e);
    }
  }

  /**
   * Whether the value is {@code null}.
   *
   * @return true if so; there is nothing more to read of it then
   */
  public boolean isNull() {
    return parser.hasToken(JsonToken.VALUE_NULL);
  }

  /**
   * Whether the value is an object.
   *
   * @return true if so
   */
  public boolean isObject() {
    return parser.hasToken(JsonToken.START_OBJECT);
  }

  /**
   * Reads a string.
   *
   * @return its text
   */
  public String string() {
    expect(JsonToken.VALUE_STRING, "a string");
    return text();
  }

  /**
   * Reads a string, if the value is one, and passes over it otherwise.
   *
   * @return the text, or empty when the value is no string
   */
  public Optional<String> stringOrSkip() {
    if (parser.hasToken(JsonToken.VALUE_STRING)) {
      return Optional.of(text());
    }
    skip();
    return Optional.empty();
  }

  /**
   * Reads an integer.
   *
   * @return its value
   */
  public long integer() {
    expect(JsonToken.VALUE_NUMBER_INT, "an integer");
    try {
      return parser.getLongValue();
    } catch (IOException e) {
      throw invalid("an integer of at most 64 bits is wanted");
    }
  }

  /**
   * Reads true or false.
   *
   * @return the value
   */
  public boolean bool() {
    if (parser.hasToken(JsonToken.VALUE_TRUE)) {
      return true;
    }
    expect(JsonToken.VALUE_FALSE, "true or false");
    return false;
  }

  /**
   * Reads an array of strings.
   *
   * @return the strings in their order
   */
  public List<String> strings() {
    List<String> strings = new ArrayList<>();
    array(() -> strings.add(string()));
    return strings;
  }

  /**
   * Reads an object whose values are strings.
   *
   * @return the fields in their order
   */
  public Map<String, String> stringMap() {
    Map<String, String> fields = new LinkedHashMap<>();
    object(name -> fields.put(name, string()));
    return fields;
  }

  /**
   * Where the reader stands.
   *
   * @return a JSON pointer (RFC 6901); empty for the whole document
   */
  public String pointer() {
    return parser.getParsingContext().pathAsPointer().toString();
  }

  /**
   * An exception about the value on which the reader stands.
   *
   * @param message what is wrong with it
   * @return the exception
   */
  public JsonFormatException invalid(String message) {
    return new JsonFormatException(pointer(), message);
  }

  private String text() {
    try {
      return parser.getText();
    } catch (IOException e) {
      throw broken(e);
    }
  }

  private void expect(JsonToken wanted, String name) {
    if (!parser.hasToken(wanted)) {
      throw invalid(name + " is wanted");
    }
  }
}
