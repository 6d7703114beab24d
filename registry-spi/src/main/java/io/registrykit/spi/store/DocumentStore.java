package io.registrykit.spi.store;

import io.registrykit.model.Bytes;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Small named documents that outlive a restart, such as signing keys. Implementations are safe for
 * use by any number of threads and processes that share the documents; a write is atomic and
 * durable when it returns.
 *
 * <p>Documents may hold secrets: an implementation keeps them from everybody but the owner of the
 * process.
 */
public interface DocumentStore {

  /** The longest document, in bytes. */
  int MAX_BYTES = 1024 * 1024;

  /**
   * Reads a document.
   *
   * @param name its name: one to 64 characters of lower-case letters, digits and dashes
   * @return the document, or empty when there is none
   * @throws IOException if the store fails
   * @throws IllegalArgumentException if the name breaks the grammar
   */
  Optional<Document> read(String name) throws IOException;

  /**
   * Writes a document if nobody else has written it meanwhile.
   *
   * @param name its name, as for {@link #read}
   * @param content what it is to be, at most {@value #MAX_BYTES} bytes
   * @param expectedVersion the {@link Document#version()} that it must have, or null when it must
   *     not be there
   * @return false when the document is not as expected, and nothing was written
   * @throws IOException if the store fails
   * @throws IllegalArgumentException if the name breaks the grammar or the content is too long
   */
  boolean write(String name, Bytes content, @Nullable String expectedVersion) throws IOException;

  /**
   * A document as it was read. Immutable.
   *
   * @param content its bytes
   * @param version changes with every write
   */
  record Document(Bytes content, String version) {
    /** The version alone, because the content may be a secret. */
    @Override
    public String toString() {
      return "Document[version=" + version + "]";
    }
  }

  /**
   * Checks a name and a length, for implementations.
   *
   * @param name the name
   * @param content the content to be written, or null for a read
   * @throws IllegalArgumentException if either breaks the rules
   */
  static void check(String name, @Nullable Bytes content) {
    boolean valid = !name.isEmpty() && name.length() <= 64;
    for (int i = 0; i < name.length() && valid; i++) {
      char c = name.charAt(i);
      valid = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    }
    if (!valid) {
      throw new IllegalArgumentException("document name takes lower-case letters, digits, dashes");
    }
    if (content != null && content.length() > MAX_BYTES) {
      throw new IllegalArgumentException("document is longer than " + MAX_BYTES + " bytes");
    }
  }
}
