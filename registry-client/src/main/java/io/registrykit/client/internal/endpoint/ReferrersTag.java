package io.registrykit.client.internal.endpoint;

import io.registrykit.RegistryPolicy;
import io.registrykit.client.internal.http.CallLimits;
import io.registrykit.error.ConflictException;
import io.registrykit.error.ErrorCode;
import io.registrykit.internal.json.WireJson;
import io.registrykit.manifest.Manifest;
import io.registrykit.manifest.ManifestParser;
import io.registrykit.model.Descriptor;
import io.registrykit.model.Digest;
import io.registrykit.model.MediaType;
import io.registrykit.model.RawManifest;
import io.registrykit.model.Tag;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The list of referrers that clients keep under a tag, at registries that keep none themselves.
 * Immutable.
 *
 * <p>Two clients that write it at once can lose an entry, because no registry compares before it
 * sets a tag. So each looks again afterwards, at once and after twice the time that it took itself,
 * and adds its entry once more when it is missing. Within one client they go one after the other.
 *
 * @see <a
 *     href="https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#referrers-tag-schema">OCI
 *     distribution-spec, referrers tag schema</a>
 */
final class ReferrersTag {
  private static final int ROUNDS = 8;
  private static final Duration MAX_WAIT = Duration.ofSeconds(1);
  private static final ManifestParser PARSER = new ManifestParser(RegistryPolicy.strict());

  private final Context context;
  private final ManifestEndpoints manifests;

  ReferrersTag(Context context) {
    this.context = context;
    this.manifests = new ManifestEndpoints(context);
  }

  /** The tag for a subject. */
  static Tag of(Digest subject) {
    String hex = subject.hex();
    return new Tag(subject.algorithm().id() + "-" + hex.substring(0, Math.min(hex.length(), 64)));
  }

  List<Descriptor> list(Digest subject, CallLimits limits) throws IOException {
    Optional<RawManifest> index = manifests.get(of(subject), limits);
    return index.isEmpty() || !index.get().mediaType().equals(MediaType.OCI_INDEX)
        ? List.of()
        : ReferrerEndpoints.descriptors(index.get().content());
  }

  void add(RawManifest raw, Digest subject, CallLimits limits) throws IOException {
    Manifest manifest = PARSER.parse(raw);
    Descriptor entry =
        new Descriptor(
            raw.mediaType(),
            raw.digest(),
            raw.content().length(),
            manifest.referrerType().orElse(null),
            manifest.annotations());
    for (int round = 1; round <= ROUNDS; round++) {
      long start = System.nanoTime();
      List<Descriptor> known = new ArrayList<>(list(subject, limits));
      if (has(known, raw)) {
        return;
      }
      known.add(entry);
      RawManifest index = RawManifest.of(MediaType.OCI_INDEX, WireJson.index(known));
      manifests.put(index, Set.of(of(subject)));
      if (staysIn(subject, raw, System.nanoTime() - start, limits)) {
        return;
      }
      context.transport().pauses().pause(round, limits);
    }
    throw new ConflictException(
        ErrorCode.UNKNOWN, "others keep writing the list of referrers", Map.of());
  }

  /**
   * Whether the entry is there at once and also a little later: another client that had read the
   * list before this one wrote it will have written its own by then.
   */
  private boolean staysIn(Digest subject, RawManifest raw, long window, CallLimits limits)
      throws IOException {
    if (!has(list(subject, limits), raw)) {
      return false;
    }
    Duration wait = Duration.ofNanos(Math.min(2 * window, MAX_WAIT.toNanos()));
    context.transport().pauses().sleeper().sleep(wait, limits);
    return has(list(subject, limits), raw);
  }

  private static boolean has(List<Descriptor> known, RawManifest raw) {
    return known.stream().anyMatch(one -> one.digest().equals(raw.digest()));
  }
}
