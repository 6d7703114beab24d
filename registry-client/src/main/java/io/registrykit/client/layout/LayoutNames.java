package io.registrykit.client.layout;

import io.registrykit.model.Descriptor;
import io.registrykit.model.Digest;
import io.registrykit.model.ImageReference;
import io.registrykit.model.RepositoryName;
import io.registrykit.model.Tag;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the entries of an index are called: by a tag alone, or, where a layout holds several
 * repositories, by their full names. Immutable.
 *
 * @param repository the repository whose entries are meant, or null for those with a tag alone
 * @see <a
 *     href="https://github.com/opencontainers/image-spec/blob/v1.1.1/annotations.md#pre-defined-annotation-keys">OCI
 *     image-spec, {@code org.opencontainers.image.ref.name}</a>
 */
record LayoutNames(@Nullable RepositoryName repository) {
  static final LayoutNames BARE = new LayoutNames(null);
  private static final String REF_NAME = "org.opencontainers.image.ref.name";

  /** Where containerd, and docker with it, put the full name when the other has the tag alone. */
  private static final String CONTAINERD_NAME = "io.containerd.image.name";

  /** The full name of an entry, which may have a host that is none of ours. */
  static Optional<ImageReference> fullName(Descriptor entry) {
    Map<String, String> annotations = entry.annotations();
    return fullName(annotations.get(REF_NAME)).or(() -> fullName(annotations.get(CONTAINERD_NAME)));
  }

  private static Optional<ImageReference> fullName(@Nullable String name) {
    if (name == null || bareTag(name).isPresent()) {
      return Optional.empty();
    }
    try {
      return Optional.of(ImageReference.parse(name));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The full name of an entry as docker has it: without the host, and never without a tag. */
  static Optional<String> taggedName(Descriptor entry) {
    return fullName(entry)
        .filter(name -> name.tag() != null)
        .map(name -> name.repository() + ":" + name.tag());
  }

  /** With the name under which docker with the image store of containerd lists it. */
  static Descriptor namedForContainerd(Descriptor entry) {
    Optional<String> name = taggedName(entry);
    if (name.isEmpty()) {
      return entry;
    }
    Map<String, String> annotations = new LinkedHashMap<>(entry.annotations());
    String path = name.get().contains("/") ? name.get() : "library/" + name.get();
    annotations.putIfAbsent(CONTAINERD_NAME, "docker.io/" + path);
    return new Descriptor(
        entry.mediaType(), entry.digest(), entry.size(), entry.artifactType(), annotations);
  }

  private static Optional<Tag> bareTag(@Nullable String name) {
    try {
      return name == null ? Optional.empty() : Optional.of(new Tag(name));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  Optional<Tag> tagOf(Descriptor entry) {
    return repository == null
        ? bareTag(entry.annotations().get(REF_NAME))
        : own(entry).map(ImageReference::tag);
  }

  /** Whether one of these tags is somewhere in the names of an entry, which are not parsed. */
  static boolean mayHave(Descriptor entry, Set<Tag> tags) {
    String bare = entry.annotations().getOrDefault(REF_NAME, "");
    String full = entry.annotations().getOrDefault(CONTAINERD_NAME, "");
    return tags.stream().anyMatch(tag -> bare.contains(tag.value()) || full.contains(tag.value()));
  }

  private Optional<ImageReference> own(Descriptor entry) {
    return fullName(entry).filter(name -> name.repository().equals(repository));
  }

  /** Whether an entry has no name of any kind, as what refers to another often has none. */
  static boolean isNameless(Descriptor entry) {
    return !entry.annotations().containsKey(REF_NAME) && fullName(entry).isEmpty();
  }

  /** Whether an entry is there for its content alone: nobody gave it a tag. */
  boolean isUntagged(Descriptor entry) {
    return repository == null
        ? isNameless(entry)
        : own(entry).filter(name -> name.tag() == null).isPresent();
  }

  /** Whether an entry can be seen from here. */
  boolean sees(Descriptor entry) {
    return repository == null || isNameless(entry) || own(entry).isPresent();
  }

  Descriptor tagged(Descriptor manifest, Tag tag) {
    return named(manifest, repository == null ? tag.value() : repository + ":" + tag);
  }

  Descriptor untagged(Descriptor manifest) {
    Digest digest = manifest.digest();
    return repository == null
        ? new Descriptor(
            manifest.mediaType(), digest, manifest.size(), manifest.artifactType(), Map.of())
        : named(manifest, repository + "@" + digest);
  }

  static Descriptor named(Descriptor manifest, String name) {
    Map<String, String> annotations = new LinkedHashMap<>();
    annotations.put(REF_NAME, name);
    return new Descriptor(
        manifest.mediaType(),
        manifest.digest(),
        manifest.size(),
        manifest.artifactType(),
        annotations);
  }
}
