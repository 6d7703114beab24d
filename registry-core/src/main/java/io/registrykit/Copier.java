package io.registrykit;

import io.registrykit.internal.copy.BlobMover;
import io.registrykit.internal.copy.CopyGraph;
import io.registrykit.internal.copy.GraphReader;
import io.registrykit.internal.copy.Sides;
import io.registrykit.manifest.Platform;
import io.registrykit.model.Descriptor;
import io.registrykit.model.RawManifest;
import io.registrykit.model.Reference;
import io.registrykit.model.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Copies images and artifacts with all that belongs to them between any two repositories, wherever
 * they are. Immutable, and safe for use by any number of threads.
 *
 * <p>Blobs go first, several at once, then manifests from the leaves up, and tags last, so that a
 * tag never shows what is not whole.
 */
public final class Copier {
  private final int parallelism;
  private final long maxBytesInFlight;
  private final boolean referrers;
  private final @Nullable Predicate<Platform> platforms;

  private Copier(Builder builder) {
    parallelism = builder.parallelism;
    maxBytesInFlight = builder.maxBytesInFlight;
    referrers = builder.referrers;
    platforms = builder.platforms;
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
   * Looks what a copy would do, and changes nothing.
   *
   * @param source where content comes from
   * @param reference what to copy
   * @param destination where it goes
   * @return the plan; the copy may find more done by then
   * @throws CopyException if a side fails, or the source does not have it
   */
  public CopyPlan plan(RepositoryReader source, Reference reference, RepositoryReader destination) {
    CopyGraph graph = read(source, reference);
    boolean beside = destination.isBeside(source);
    List<CopyPlan.Blob> blobs = new ArrayList<>();
    graph
        .blobs()
        .forEach(
            (digest, size) -> {
              boolean there =
                  Sides.destination(
                      digest.toString(), () -> destination.blobSize(digest).isPresent());
              CopyPlan.Action missing = beside ? CopyPlan.Action.MOUNT : CopyPlan.Action.TRANSFER;
              blobs.add(new CopyPlan.Blob(digest, size, there ? CopyPlan.Action.EXISTS : missing));
            });
    List<Descriptor> manifests = graph.manifests().stream().map(Copier::describe).toList();
    return new CopyPlan(graph.root().digest(), manifests, blobs);
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
    CopyGraph graph = read(source, reference);
    new BlobMover(source, destination, parallelism, maxBytesInFlight).move(graph.blobs());
    for (RawManifest manifest : graph.manifests()) {
      boolean root = manifest.digest().equals(graph.root().digest());
      Set<Tag> own = root ? Set.of() : graph.tagsOf(manifest.digest());
      Sides.destination(
          manifest.digest().toString(), () -> destination.pushManifest(manifest, own));
    }
    if (!tags.isEmpty()) {
      Sides.destination(
          graph.root().digest().toString(), () -> destination.pushManifest(graph.root(), tags));
    }
    return describe(graph.root());
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
    new BlobMover(source, destination, parallelism, maxBytesInFlight).move(graph.blobs());
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
     * Makes the copier; the builder can be used on.
     *
     * @return a copier with what was set so far
     */
    public Copier build() {
      return new Copier(this);
    }
  }
}
