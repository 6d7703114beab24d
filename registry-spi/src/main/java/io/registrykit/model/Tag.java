package io.registrykit.model;

import org.jspecify.annotations.Nullable;

/**
 * A name that a person gives to a manifest, and may give to another later. Immutable;
 * case-sensitive: {@code V1} and {@code v1} are two tags. Ordered as ASCII text.
 *
 * @param value one to 128 characters: {@code [a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}}
 * @see <a
 *     href="https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#pulling-manifests">OCI
 *     distribution-spec, tags</a>
 */
public record Tag(String value) implements Reference, Comparable<Tag> {

  /** The longest tag, in characters. */
  public static final int MAX_LENGTH = 128;

  /**
   * Checks the tag.
   *
   * @throws IllegalArgumentException if it breaks the grammar
   */
  public Tag {
    if (value.isEmpty() || value.length() > MAX_LENGTH) {
      throw new IllegalArgumentException("tag needs 1 to " + MAX_LENGTH + " characters");
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      boolean word =
          (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
      if (!word && (i == 0 || (c != '.' && c != '-'))) {
        throw new IllegalArgumentException(
            "tag takes letters, digits and underscores, and after the first also dots and dashes");
      }
    }
  }

  /**
   * Reads a tag.
   *
   * @param text the tag
   * @return the tag
   * @throws IllegalArgumentException if it breaks the grammar
   */
  public static Tag parse(String text) {
    return new Tag(text);
  }

  /**
   * By hand, like {@link #hashCode}: a server that starts would pay for linking the generated one.
   */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Tag that && value.equals(that.value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public int compareTo(Tag other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
