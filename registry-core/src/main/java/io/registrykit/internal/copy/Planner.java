package io.registrykit.internal.copy;

import io.registrykit.CopyPlan;
import io.registrykit.CopyPlan.Action;
import io.registrykit.RepositoryReader;
import io.registrykit.model.Descriptor;
import io.registrykit.model.Digest;
import io.registrykit.model.RawManifest;
import io.registrykit.model.Reference;
import io.registrykit.model.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Compares what belongs together with what a destination has, and changes nothing. Immutable. */
public final class Planner {
  private final RepositoryReader destination;
  private final Action missing;

  /**
   * A planner.
   *
   * @param source where content comes from
   * @param destination where it would go
   */
  public Planner(RepositoryReader source, RepositoryReader destination) {
    this.destination = destination;
    this.missing = destination.isBeside(source) ? Action.MOUNT : Action.TRANSFER;
  }

  /**
   * Makes the plan.
   *
   * @param graph what would be copied
   * @param tags the tags to set on its root
   * @return the plan
   */
  public CopyPlan plan(CopyGraph graph, Set<Tag> tags) {
    List<CopyPlan.Manifest> manifests = new ArrayList<>();
    List<CopyPlan.Target> targets = new ArrayList<>();
    for (RawManifest manifest : graph.manifests()) {
      manifests.add(manifest(manifest));
      graph.tagsOf(manifest.digest()).stream()
          .sorted()
          .forEach(tag -> targets.add(target(tag, manifest.digest())));
    }
    tags.stream().sorted().forEach(tag -> targets.add(target(tag, graph.root().digest())));
    List<CopyPlan.Blob> blobs = new ArrayList<>();
    graph.blobs().forEach((digest, size) -> blobs.add(blob(digest, size)));
    return new CopyPlan(graph.root().digest(), manifests, blobs, targets);
  }

  private CopyPlan.Manifest manifest(RawManifest raw) {
    Optional<Descriptor> there = describe(raw.digest().toString(), raw.digest());
    return new CopyPlan.Manifest(
        new Descriptor(raw.mediaType(), raw.digest(), raw.content().length()),
        there.isPresent() ? Action.EXISTS : Action.TRANSFER);
  }

  private CopyPlan.Target target(Tag tag, Digest after) {
    return new CopyPlan.Target(tag, describe(tag.toString(), tag).map(Descriptor::digest), after);
  }

  private Optional<Descriptor> describe(String subject, Reference reference) {
    return Sides.destination(subject, () -> destination.describe(reference));
  }

  private CopyPlan.Blob blob(Digest digest, long size) {
    boolean there =
        Sides.destination(digest.toString(), () -> destination.blobSize(digest).isPresent());
    return new CopyPlan.Blob(digest, size, there ? Action.EXISTS : missing);
  }
}
