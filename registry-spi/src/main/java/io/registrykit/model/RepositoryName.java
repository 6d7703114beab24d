package io.registrykit.model;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The multilevel name of a repository, such as {@code warranty-dept/dotnet/build}. Immutable;
 * ordered as ASCII text.
 *
 * <p>A valid name is safe as a relative path: lower case, no {@code .} or {@code ..} level, no
 * level that starts with a separator; so names that start with {@code _} are free for a store's own
 * use.
 *
 * @param value one to 255 characters: levels of lower-case letters and digits, with {@code .},
 *     {@code _}, {@code __} or dashes between them, joined by slashes
 * @see <a
 *     href="https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#pulling-manifests">OCI
 *     distribution-spec, names</a>
 */
public record RepositoryName(String value) implements Comparable<RepositoryName> {

  /** The longest name, in characters: what clients of the field allow. */
  public static final int MAX_LENGTH = 255;

  /**
   * Checks the name.
   *
   * @throws IllegalArgumentException if it breaks the grammar
   */
  public RepositoryName {
    if (value.isEmpty() || value.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "repository name needs 1 to " + MAX_LENGTH + " characters");
    }
    int i = 0;
    while (true) {
      i = endOfLevel(value, i);
      if (i == value.length()) {
        break;
      }
      i++;
    }
  }

  /** Returns the index of the slash or end that closes the level which starts at {@code start}. */
  private static int endOfLevel(String name, int start) {
    int i = start;
    while (true) {
      int word = i;
      while (i < name.length() && isAlphanumeric(name.charAt(i))) {
        i++;
      }
      if (i == word) {
        throw new IllegalArgumentException(
            "repository name takes lower-case letters and digits, with '.', '_', '__' or dashes"
                + " between them, in levels joined by '/'");
      }
      if (i == name.length() || name.charAt(i) == '/') {
        return i;
      }
      i = endOfSeparator(name, i);
    }
  }

  private static int endOfSeparator(String name, int start) {
    char c = name.charAt(start);
    int i = start + 1;
    if (c == '-') {
      while (i < name.length() && name.charAt(i) == '-') {
        i++;
      }
    } else if (c == '_' && i < name.length() && name.charAt(i) == '_') {
      i++;
    } else if (c != '_' && c != '.') {
      return start;
    }
    return i;
  }

  private static boolean isAlphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  }

  /**
   * Reads a name.
   *
   * @param text the name
   * @return the name
   * @throws IllegalArgumentException if it breaks the grammar
   */
  public static RepositoryName parse(String text) {
    return new RepositoryName(text);
  }

  /**
   * The levels of the name, outermost first.
   *
   * @return at least one level
   */
  public List<String> segments() {
    return List.of(value.split("/", -1));
  }

  /**
   * The name without its last level.
   *
   * @return empty for a name of one level
   */
  public Optional<RepositoryName> parent() {
    int slash = value.lastIndexOf('/');
    return slash < 0
        ? Optional.empty()
        : Optional.of(new RepositoryName(value.substring(0, slash)));
  }

  /**
   * Whether this is the given name or lies below it.
   *
   * @param prefix a name
   * @return true for {@code a/b} within {@code a}, false for {@code ab} within {@code a}
   */
  public boolean isWithin(RepositoryName prefix) {
    return value.startsWith(prefix.value)
        && (value.length() == prefix.value.length() || value.charAt(prefix.value.length()) == '/');
  }

  /**
   * By hand, like {@link #hashCode}: a server that starts would pay for linking the generated one.
   */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RepositoryName that && value.equals(that.value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public int compareTo(RepositoryName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
