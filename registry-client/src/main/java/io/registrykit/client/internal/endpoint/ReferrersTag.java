package io.registrykit.client.internal.endpoint;

import io.registrykit.RegistryPolicy;
import io.registrykit.client.internal.http.CallLimits;
import io.registrykit.error.ConflictException;
import io.registrykit.error.ErrorCode;
import io.registrykit.internal.json.WireJson;
import io.registrykit.manifest.ContentReference;
import io.registrykit.manifest.Manifest;
import io.registrykit.manifest.ManifestParser;
import io.registrykit.model.Descriptor;
import io.registrykit.model.Digest;
import io.registrykit.model.MediaType;
import io.registrykit.model.RawManifest;
import io.registrykit.model.Tag;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The list of referrers that clients keep under a tag, at registries that keep none themselves.
 * Immutable.
 *
 * <p>Two clients that write it at once can lose an entry, so each looks again afterwards and adds
 * itself once more when it is missing.
 *
 * @see <a
 *     href="https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#referrers-tag-schema">OCI
 *     distribution-spec, referrers tag schema</a>
 */
final class ReferrersTag {
  private static final int ROUNDS = 5;
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

  void add(RawManifest raw) {
    Manifest manifest = PARSER.parse(raw);
    ContentReference subject = manifest.subject();
    Optional<Digest> target = subject == null ? Optional.empty() : subject.digest();
    if (target.isEmpty()) {
      return;
    }
    Descriptor entry =
        new Descriptor(
            raw.mediaType(),
            raw.digest(),
            raw.content().length(),
            manifest.referrerType().orElse(null),
            manifest.annotations());
    for (int round = 0; round < ROUNDS; round++) {
      List<Descriptor> known = new ArrayList<>(context.call(limits -> list(target.get(), limits)));
      if (known.stream().anyMatch(one -> one.digest().equals(raw.digest()))) {
        return;
      }
      known.add(entry);
      RawManifest index = RawManifest.of(MediaType.OCI_INDEX, WireJson.index(known));
      manifests.put(index, Set.of(of(target.get())));
    }
    throw new ConflictException(
        ErrorCode.UNKNOWN, "others keep writing the list of referrers", Map.of());
  }
}
