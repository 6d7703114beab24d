package io.registrykit;

import io.registrykit.internal.copy.Batches;
import io.registrykit.internal.copy.BlobMover;
import io.registrykit.internal.copy.CopyGraph;
import io.registrykit.internal.copy.CopySession;
import io.registrykit.internal.copy.Flights;
import io.registrykit.internal.copy.GraphReader;
import io.registrykit.internal.copy.Planner;
import io.registrykit.internal.copy.Sides;
import io.registrykit.internal.copy.TagGroups;
import io.registrykit.manifest.Platform;
import io.registrykit.model.Descriptor;
import io.registrykit.model.Digest;
import io.registrykit.model.Page;
import io.registrykit.model.PageRequest;
import io.registrykit.model.RawManifest;
import io.registrykit.model.Reference;
import io.registrykit.model.RepositoryName;
import io.registrykit.model.Tag;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Copies images and artifacts with all that belongs to them between any two repositories, wherever
 * they are. Its settings do not change; safe for use by any number of threads.
 *
 * <p>Blobs go first, several at once, then manifests from the leaves up, and tags last, so that a
 * tag never shows what is not whole. Copies of one copier that run at once bring a blob that
 * several of them need to one repository once.
 */
public final class Copier {
  private static final int PAGE = 1000;

  private final int parallelism;
  private final long maxBytesInFlight;
  private final boolean referrers;
  private final @Nullable Predicate<Platform> platforms;
  private final CopyListener listener;
  private final Flights flights = new Flights();

  private Copier(Builder builder) {
    parallelism = builder.parallelism;
    maxBytesInFlight = builder.maxBytesInFlight;
    referrers = builder.referrers;
    platforms = builder.platforms;
    listener = builder.listener;
  }

  /**
   * Starts a copier.
   *
   * @return a builder: four blobs at once, all platforms, no referrers
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Looks what a copy without tags would do, and changes nothing.
   *
   * @param source where content comes from
   * @param reference what to copy
   * @param destination where it goes
   * @return the plan; the copy may find more done by then
   * @throws CopyException if a side fails, or the source does not have it
   */
  public CopyPlan plan(RepositoryReader source, Reference reference, RepositoryReader destination) {
    return plan(source, reference, destination, Set.of());
  }

  /**
   * Looks what a copy would do, and changes nothing.
   *
   * @param source where content comes from
   * @param reference what to copy
   * @param destination where it goes
   * @param tags the tags to point to it
   * @return the plan; the copy may find more done by then
   * @throws CopyException if a side fails, or the source does not have it
   */
  public CopyPlan plan(
      RepositoryReader source, Reference reference, RepositoryReader destination, Set<Tag> tags) {
    return new Planner(source, destination).plan(read(source, reference), tags);
  }

  /**
   * Copies.
   *
   * @param source where content comes from
   * @param reference what to copy
   * @param destination where it goes
   * @param tags the tags to point to it, possibly none
   * @return the type, digest and size of what was copied; the digest is another than at the source
   *     only when platforms were left out of an index
   * @throws CopyException if a side fails, or the source does not have it
   */
  public Descriptor copy(
      RepositoryReader source, Reference reference, Repository destination, Set<Tag> tags) {
    return copy(new CopySession(listener), source, reference, destination, tags);
  }

  private Descriptor copy(
      CopySession session,
      RepositoryReader source,
      Reference reference,
      Repository destination,
      Set<Tag> tags) {
    CopyGraph graph = read(source, reference);
    move(session, graph, source, destination);
    RawManifest root = graph.root();
    for (RawManifest manifest : graph.manifests()) {
      boolean tagged = manifest.digest().equals(root.digest()) && !tags.isEmpty();
      if (!tagged) {
        push(destination, manifest, graph.tagsOf(manifest.digest()));
      }
    }
    TagGroups.parts(tags).forEach(part -> push(destination, root, part));
    listener.onImage(source.name(), root.digest(), tags);
    return describe(root);
  }

  private static void push(Repository destination, RawManifest manifest, Set<Tag> tags) {
    Sides.destination(manifest.digest().toString(), () -> destination.pushManifest(manifest, tags));
  }

  private void move(
      CopySession session, CopyGraph graph, RepositoryReader source, Repository destination) {
    long bytes = graph.blobs().values().stream().mapToLong(Long::longValue).sum();
    listener.onGraph(graph.blobs().size(), bytes);
    new BlobMover(source, destination, parallelism, maxBytesInFlight, session, flights)
        .move(graph.blobs());
  }

  /**
   * Copies every image of a repository that has a tag, with its tags, and what refers to it when
   * referrers are copied. Images without tags stay behind, because a registry does not list them.
   *
   * @param source where content comes from
   * @param destination where it goes
   * @return what was copied
   * @throws CopyException if a side fails; what was copied until then stays
   */
  public CopyReport copyAll(RepositoryReader source, Repository destination) {
    CopySession session = new CopySession(listener);
    return Batches.in(destination, () -> copyAll(session, source, destination));
  }

  private CopyReport copyAll(CopySession session, RepositoryReader source, Repository destination) {
    Map<Digest, Set<Tag>> images = TagGroups.of(source);
    long tags = 0;
    for (Map.Entry<Digest, Set<Tag>> image : images.entrySet()) {
      copy(session, source, image.getKey(), destination, image.getValue());
      tags += image.getValue().size();
    }
    return new CopyReport(images.isEmpty() ? 0 : 1, images.size(), tags);
  }

  /**
   * Copies every repository of a registry to the one of the same name. A blob that several have is
   * sent once, and mounted into the others where the destination can do that.
   *
   * @param source where content comes from
   * @param destination where it goes
   * @return what was copied
   * @throws CopyException if a side fails; what was copied until then stays
   */
  public CopyReport copyAll(Registry source, Registry destination) {
    CopySession session = new CopySession(listener);
    return Batches.in(destination, () -> copyAll(session, source, destination));
  }

  private CopyReport copyAll(CopySession session, Registry source, Registry destination) {
    CopyReport report = new CopyReport(0, 0, 0);
    Optional<PageRequest> request = Optional.of(PageRequest.first(PAGE));
    while (request.isPresent()) {
      PageRequest current = request.get();
      Page<RepositoryName> page = Sides.source("registry", () -> source.repositories(current));
      for (RepositoryName name : page.items()) {
        report =
            report.plus(copyAll(session, source.repository(name), destination.repository(name)));
      }
      request = page.nextAfter().map(current::next);
    }
    return report;
  }

  /**
   * Copies the blobs of an image and no manifest, for building on it.
   *
   * @param source where content comes from
   * @param reference the image
   * @param destination where it goes
   * @throws CopyException if a side fails, or the source does not have it
   */
  public void copyBlobs(RepositoryReader source, Reference reference, Repository destination) {
    CopyGraph graph = read(source, reference);
    move(new CopySession(listener), graph, source, destination);
  }

  private CopyGraph read(RepositoryReader source, Reference reference) {
    return new GraphReader(source, platforms, referrers).read(reference);
  }

  private static Descriptor describe(RawManifest raw) {
    return new Descriptor(raw.mediaType(), raw.digest(), raw.content().length());
  }

  /** Collects settings. Not safe for use by several threads at once. */
  public static final class Builder {
    private int parallelism = 4;
    private long maxBytesInFlight = 512L * 1024 * 1024;
    private boolean referrers;
    private @Nullable Predicate<Platform> platforms;
    private CopyListener listener = CopyListener.none();

    private Builder() {}

    /**
     * How many blobs to move at once.
     *
     * @param count one to 64
     * @return this builder
     * @throws IllegalArgumentException if the count is out of range
     */
    public Builder parallelism(int count) {
      if (count < 1 || count > 64) {
        throw new IllegalArgumentException("1 to 64 blobs at once");
      }
      parallelism = count;
      return this;
    }

    /**
     * How many bytes of blobs may be under way at once; a blob that is larger goes alone.
     *
     * @param bytes one or more
     * @return this builder
     * @throws IllegalArgumentException if it is less than one
     */
    public Builder maxBytesInFlight(long bytes) {
      if (bytes < 1) {
        throw new IllegalArgumentException("at least one byte");
      }
      maxBytesInFlight = bytes;
      return this;
    }

    /**
     * Copies what refers to the content as well: signatures, SBOMs, attestations, and those that
     * cosign keeps under tags such as {@code sha256-….sig}.
     *
     * @param value true to copy them
     * @return this builder
     */
    public Builder referrers(boolean value) {
      referrers = value;
      return this;
    }

    /**
     * Copies some platforms of an index alone. When one image is left, it is copied without its
     * index; when several are, they get a new index.
     *
     * @param wanted says which
     * @return this builder
     */
    public Builder platforms(Predicate<Platform> wanted) {
      platforms = wanted;
      return this;
    }

    /**
     * Tells somebody how copies go.
     *
     * @param newListener hears it
     * @return this builder
     */
    public Builder listener(CopyListener newListener) {
      listener = newListener;
      return this;
    }

    /**
     * Makes the copier; the builder can be used on.
     *
     * @return a copier with what was set so far
     */
    public Copier build() {
      return new Copier(this);
    }
  }
}
