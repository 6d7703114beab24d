package io.registrykit.client.internal.tar;

import io.registrykit.error.ErrorCode;
import io.registrykit.error.InvalidContentException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** The names of entries, which a stranger chose. Immutable. */
final class TarNames {
  private static final int MAX_LENGTH = 4096;

  private TarNames() {}

  /**
   * A name without empty and dot parts.
   *
   * @throws InvalidContentException if it leads out of the archive
   */
  static String clean(String name) {
    return resolve("", name);
  }

  /**
   * Follows a path from a folder of the archive.
   *
   * @param folder a clean name, or nothing for the top
   * @param path where to go from there
   * @return a clean name
   * @throws InvalidContentException if it leads out of the archive
   */
  static String resolve(String folder, String path) {
    if (path.startsWith("/") || path.indexOf('\0') >= 0 || path.length() > MAX_LENGTH) {
      throw outside(path);
    }
    Deque<String> parts = new ArrayDeque<>();
    if (!folder.isEmpty()) {
      parts.addAll(List.of(folder.split("/", -1)));
    }
    for (String part : path.split("/", -1)) {
      if (part.equals("..")) {
        if (folder.isEmpty() || parts.pollLast() == null) {
          throw outside(path);
        }
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.addLast(part);
      }
    }
    return String.join("/", parts);
  }

  /** The folder that an entry is in. */
  static String parent(String name) {
    int slash = name.lastIndexOf('/');
    return slash < 0 ? "" : name.substring(0, slash);
  }

  private static InvalidContentException outside(String name) {
    String shown = name.length() > 200 ? name.substring(0, 200) : name;
    return new InvalidContentException(
        ErrorCode.BLOB_UPLOAD_INVALID,
        "an entry of the archive leads out of it",
        Map.of("name", shown));
  }
}
