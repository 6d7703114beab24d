package io.registrykit.internal.copy;

import io.registrykit.RepositoryReader;
import io.registrykit.model.Descriptor;
import io.registrykit.model.Digest;
import io.registrykit.model.Page;
import io.registrykit.model.PageRequest;
import io.registrykit.model.Tag;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The tags of a repository by what they point to, so that each image is copied once. */
public final class TagGroups {
  /** What every registry takes in one push of a manifest. */
  private static final int MAX_TAGS_PER_PUSH = 10;

  private static final int PAGE = 1000;

  private TagGroups() {}

  /**
   * Reads the tags.
   *
   * @param source the repository
   * @return the tags of each manifest; a tag that goes meanwhile is left out
   */
  public static Map<Digest, Set<Tag>> of(RepositoryReader source) {
    Map<Digest, Set<Tag>> groups = new LinkedHashMap<>();
    Optional<PageRequest> request = Optional.of(PageRequest.first(PAGE));
    while (request.isPresent()) {
      PageRequest current = request.get();
      Page<Tag> page = Sides.source(source.name().toString(), () -> source.tags(current));
      for (Tag tag : page.items()) {
        Optional<Descriptor> target = Sides.source(tag.toString(), () -> source.describe(tag));
        target.ifPresent(
            found -> groups.computeIfAbsent(found.digest(), any -> new TreeSet<>()).add(tag));
      }
      request = page.nextAfter().map(current::next);
    }
    return groups;
  }

  /**
   * Splits tags into parts that every registry takes at once.
   *
   * @param tags the tags
   * @return parts of ten, none when there are no tags
   */
  public static List<Set<Tag>> parts(Set<Tag> tags) {
    List<Tag> all = List.copyOf(tags);
    List<Set<Tag>> parts = new ArrayList<>();
    for (int from = 0; from < all.size(); from += MAX_TAGS_PER_PUSH) {
      parts.add(Set.copyOf(all.subList(from, Math.min(all.size(), from + MAX_TAGS_PER_PUSH))));
    }
    return parts;
  }
}
