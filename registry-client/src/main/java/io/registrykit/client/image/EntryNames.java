package io.registrykit.client.image;

import java.util.ArrayList;
import java.util.List;

/** The names of entries of a layer. Immutable. */
final class EntryNames {
  private EntryNames() {}

  /**
   * A name without empty and dot parts.
   *
   * @throws IllegalArgumentException if it leads out of the root, or has a NUL
   */
  static String checked(String path) {
    List<String> parts = new ArrayList<>();
    for (String part : path.replace('\\', '/').split("/", -1)) {
      if (part.equals("..") || part.indexOf('\0') >= 0) {
        throw new IllegalArgumentException("the path leads out of the image");
      }
      if (!part.isEmpty() && !part.equals(".")) {
        parts.add(part);
      }
    }
    return String.join("/", parts);
  }
}
