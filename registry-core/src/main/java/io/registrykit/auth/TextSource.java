package io.registrykit.auth;

import java.io.IOException;

/**
 * A text that may change while the registry runs, such as a file of passwords or the keys of an
 * identity provider. Implementations are safe for use by any number of threads.
 */
public interface TextSource {

  /** The longest text that is taken, in characters. */
  int MAX_LENGTH = 8 * 1024 * 1024;

  /**
   * Names the present state of the text, at little cost: it is asked at every sign-in.
   *
   * @return another name whenever the text is another, such as time and size of a file; the same
   *     always where finding out costs as much as reading, and then who reads comes back in time
   * @throws IOException if the text cannot be reached
   */
  String version() throws IOException;

  /**
   * Reads the text.
   *
   * @return the text
   * @throws IOException if it cannot be read
   */
  String read() throws IOException;

  /**
   * A text that never changes.
   *
   * @param text the text
   * @return a source of it
   */
  static TextSource of(String text) {
    return new TextSource() {
      @Override
      public String version() {
        return "";
      }

      @Override
      public String read() {
        return text;
      }
    };
  }
}
