package io.registrykit.client.internal.tar;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where everything stands in a tar file, so that it can be read in any order without unpacking.
 * Immutable.
 */
public final class TarIndex {
  private static final int MAX_HOPS = 8;

  private final Map<String, Slice> files;
  private final Map<String, String> links;

  TarIndex(Map<String, Slice> files, Map<String, String> links) {
    this.files = Map.copyOf(files);
    this.links = Map.copyOf(links);
  }

  /**
   * Finds a file.
   *
   * @param name such as {@code index.json}
   * @return where it stands, or empty when the archive has no such file, or a link in its place
   */
  public Optional<Slice> find(String name) {
    return Optional.ofNullable(files.get(name));
  }

  /**
   * Finds a file, through links as well. A link never leads out of the archive.
   *
   * @param path a name as it stands in a document of the archive
   * @return where it stands, or empty when there is none, or links lead in a circle
   * @throws io.registrykit.error.InvalidContentException if the name leads out of the archive
   */
  public Optional<Slice> follow(String path) {
    String name = TarNames.clean(path);
    for (int i = 0; i < MAX_HOPS && links.containsKey(name); i++) {
      name = links.getOrDefault(name, name);
    }
    return find(name);
  }

  /**
   * The names of the entries that are links.
   *
   * @return possibly none
   */
  public Set<String> links() {
    return links.keySet();
  }
}
