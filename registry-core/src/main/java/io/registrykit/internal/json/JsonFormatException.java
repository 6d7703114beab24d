package io.registrykit.internal.json;

/** A document is not JSON, or not the JSON that was wanted. Immutable. */
public final class JsonFormatException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int MAX_MESSAGE_LENGTH = 200;

  /** Where in the document, as a JSON pointer; empty for the whole of it. */
  private final String pointer;

  /**
   * An exception about one place of a document.
   *
   * @param pointer the place, as a JSON pointer (RFC 6901); empty for the whole document
   * @param message what is wrong there; cut when it is long
   */
  public JsonFormatException(String pointer, String message) {
    super(
        message.length() <= MAX_MESSAGE_LENGTH
            ? message
            : message.substring(0, MAX_MESSAGE_LENGTH) + "...");
    this.pointer = pointer;
  }

  /**
   * Where in the document.
   *
   * @return a JSON pointer (RFC 6901); empty for the whole document
   */
  public String pointer() {
    return pointer;
  }
}
