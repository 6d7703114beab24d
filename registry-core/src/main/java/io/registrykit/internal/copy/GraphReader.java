package io.registrykit.internal.copy;

import io.registrykit.CopyException;
import io.registrykit.CopyException.Side;
import io.registrykit.RegistryPolicy;
import io.registrykit.RepositoryReader;
import io.registrykit.error.ErrorCode;
import io.registrykit.error.InvalidContentException;
import io.registrykit.error.LimitException;
import io.registrykit.error.NotFoundException;
import io.registrykit.manifest.ContentReference;
import io.registrykit.manifest.ImageIndex;
import io.registrykit.manifest.Manifest;
import io.registrykit.manifest.ManifestParser;
import io.registrykit.manifest.Platform;
import io.registrykit.model.Descriptor;
import io.registrykit.model.Digest;
import io.registrykit.model.Page;
import io.registrykit.model.PageRequest;
import io.registrykit.model.RawManifest;
import io.registrykit.model.Reference;
import io.registrykit.model.Tag;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds what belongs to a manifest: its parts, its blobs and, if wanted, what refers to any of it.
 * Each manifest is read once. Not safe for use by several threads at once.
 */
public final class GraphReader {
  private static final int MAX_MANIFESTS = 10_000;
  private static final int MAX_DEPTH = 16;
  private static final int PAGE = 1000;
  private static final List<String> COSIGN = List.of("sig", "att", "sbom");

  private final RepositoryReader source;
  private final @Nullable Predicate<Platform> platforms;
  private final boolean referrers;
  private final ManifestParser parser = new ManifestParser(RegistryPolicy.strict());

  private final Set<Digest> seen = new HashSet<>();
  private final List<RawManifest> manifests = new ArrayList<>();
  private final Map<Digest, Long> blobs = new LinkedHashMap<>();
  private final Map<Digest, Set<Tag>> tags = new LinkedHashMap<>();

  /**
   * A reader for one graph.
   *
   * @param source where it is
   * @param platforms which parts of an index are wanted, or null for all
   * @param referrers whether to look for referrers
   */
  public GraphReader(
      RepositoryReader source, @Nullable Predicate<Platform> platforms, boolean referrers) {
    this.source = source;
    this.platforms = platforms;
    this.referrers = referrers;
  }

  /**
   * Reads the graph.
   *
   * @param reference its root
   * @return what belongs to it
   * @throws CopyException if the source fails or lacks a part
   */
  public CopyGraph read(Reference reference) {
    RawManifest root = filtered(fetch(reference));
    visit(root, 0);
    return new CopyGraph(root, manifests, blobs, tags);
  }

  private RawManifest fetch(Reference reference) {
    return Sides.source(
        reference.toString(),
        () ->
            source
                .manifest(reference)
                .orElseThrow(
                    () ->
                        new NotFoundException(
                            ErrorCode.MANIFEST_UNKNOWN,
                            "the source does not have it",
                            Map.of("reference", reference.toString()))));
  }

  /** Leaves out of an index what runs elsewhere. */
  private RawManifest filtered(RawManifest root) {
    if (platforms == null || !(parse(root) instanceof ImageIndex index)) {
      return root;
    }
    List<ContentReference> wanted =
        index.manifests().stream()
            .filter(one -> one.platform() != null && platforms.test(one.platform()))
            .toList();
    if (wanted.isEmpty()) {
      throw new CopyException(
          Side.SOURCE,
          root.digest().toString(),
          new NotFoundException(
              ErrorCode.MANIFEST_UNKNOWN, "the index has none of the wanted platforms"));
    }
    if (wanted.size() == index.manifests().size()) {
      return root;
    }
    return wanted.size() == 1
        ? fetch(digest(wanted.get(0)))
        : IndexWriter.write(root.mediaType(), wanted, index.annotations());
  }

  private Manifest parse(RawManifest raw) {
    return Sides.source(raw.digest().toString(), () -> parser.parse(raw));
  }

  private void visit(RawManifest raw, int depth) {
    if (!seen.add(raw.digest())) {
      return;
    }
    if (depth > MAX_DEPTH || seen.size() > MAX_MANIFESTS) {
      throw new CopyException(
          Side.SOURCE,
          raw.digest().toString(),
          LimitException.tooLarge("too many manifests belong together", MAX_MANIFESTS));
    }
    Manifest manifest = parse(raw);
    for (ContentReference part : manifest.manifests()) {
      if (!part.isExternal()) {
        visit(fetch(digest(part)), depth + 1);
      }
    }
    for (ContentReference blob : manifest.blobs()) {
      if (!blob.isExternal()) {
        blobs.put(digest(blob), blob.size());
      }
    }
    manifests.add(raw);
    if (referrers) {
      visitReferrers(raw.digest(), depth);
      visitCosignTags(raw.digest(), depth);
    }
  }

  private static Digest digest(ContentReference reference) {
    return reference
        .digest()
        .orElseThrow(
            () ->
                new CopyException(
                    Side.SOURCE,
                    reference.digestText(),
                    new InvalidContentException(
                        ErrorCode.DIGEST_INVALID,
                        "the digest has an algorithm that is not known")));
  }

  private void visitReferrers(Digest subject, int depth) {
    PageRequest request = PageRequest.first(PAGE);
    while (request != null) {
      PageRequest current = request;
      Page<Descriptor> page =
          Sides.source(subject.toString(), () -> source.referrers(subject, null, current));
      for (Descriptor referrer : page.items()) {
        visit(fetch(referrer.digest()), depth + 1);
      }
      Optional<String> next = page.nextAfter();
      request = next.map(current::next).orElse(null);
    }
  }

  private void visitCosignTags(Digest subject, int depth) {
    for (String suffix : COSIGN) {
      Tag tag =
          new Tag(subject.algorithm().id() + "-" + subject.hex().substring(0, 64) + "." + suffix);
      Optional<RawManifest> found = Sides.source(tag.toString(), () -> source.manifest(tag));
      if (found.isPresent()) {
        tags.put(found.get().digest(), Set.of(tag));
        visit(found.get(), depth + 1);
      }
    }
  }
}
