package io.registrykit.spi.store;

import java.util.UUID;

/**
 * The name of an upload, which nobody can guess. Immutable.
 *
 * @param value a random (version 4) UUID
 */
public record UploadId(UUID value) {

  /**
   * A new name, from a secure source of randomness.
   *
   * @return the name
   */
  public static UploadId random() {
    return new UploadId(UUID.randomUUID());
  }

  /**
   * Reads a name in the one form that {@link #toString} writes.
   *
   * @param text 36 characters, lower case
   * @return the name
   * @throws IllegalArgumentException if the text has another form
   */
  public static UploadId parse(String text) {
    UUID value = UUID.fromString(text);
    if (!value.toString().equals(text)) {
      throw new IllegalArgumentException("upload id is not in canonical form");
    }
    return new UploadId(value);
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
