package io.registrykit.internal.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.registrykit.model.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** Writes one JSON document in UTF-8 to memory. Not safe for use by several threads at once. */
public final class JsonWriter {
  private static final JsonFactory FACTORY = new JsonFactory();

  private final JsonGenerator out;

  private JsonWriter(JsonGenerator out) {
    this.out = out;
  }

  /** Writes what a {@link JsonWriter} is to write. */
  @FunctionalInterface
  public interface Content {

    /**
     * Writes to the document.
     *
     * @param json the document
     * @throws IOException never, because memory does not fail; the writer declares it
     */
    void writeTo(JsonWriter json) throws IOException;
  }

  /**
   * Writes a document that consists of one object.
   *
   * @param fields writes its fields
   * @return the document
   */
  public static Bytes document(Content fields) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator out = FACTORY.createGenerator(bytes)) {
      JsonWriter json = new JsonWriter(out);
      json.object(fields);
    } catch (IOException e) {
      throw new AssertionError("writing to memory cannot fail", e);
    }
    return Bytes.copyOf(bytes.toByteArray());
  }

  /**
   * Writes an object as an element of an array.
   *
   * @param fields writes its fields
   * @throws IOException never
   */
  public void object(Content fields) throws IOException {
    out.writeStartObject();
    fields.writeTo(this);
    out.writeEndObject();
  }

  /**
   * Writes a field whose value is an object.
   *
   * @param name the name of the field
   * @param fields writes the fields of the object
   * @throws IOException never
   */
  public void object(String name, Content fields) throws IOException {
    out.writeFieldName(name);
    object(fields);
  }

  /**
   * Writes a field whose value is an array.
   *
   * @param name the name of the field
   * @param elements writes the elements
   * @throws IOException never
   */
  public void array(String name, Content elements) throws IOException {
    out.writeArrayFieldStart(name);
    elements.writeTo(this);
    out.writeEndArray();
  }

  /**
   * Writes a string as an element of an array.
   *
   * @param value the string
   * @throws IOException never
   */
  public void string(String value) throws IOException {
    out.writeString(value);
  }

  /**
   * Writes a field whose value is a string.
   *
   * @param name the name of the field
   * @param value the string
   * @throws IOException never
   */
  public void string(String name, String value) throws IOException {
    out.writeStringField(name, value);
  }

  /**
   * Writes a field whose value is an integer.
   *
   * @param name the name of the field
   * @param value the integer
   * @throws IOException never
   */
  public void integer(String name, long value) throws IOException {
    out.writeNumberField(name, value);
  }

  /**
   * Writes a field whose value is true or false.
   *
   * @param name the name of the field
   * @param value the value
   * @throws IOException never
   */
  public void bool(String name, boolean value) throws IOException {
    out.writeBooleanField(name, value);
  }
}
