package io.registrykit.client.internal.endpoint;

import io.registrykit.RegistryPolicy;
import io.registrykit.client.UploadJournal;
import io.registrykit.client.internal.http.Answer;
import io.registrykit.client.internal.http.CallLimits;
import io.registrykit.client.internal.http.HttpCall;
import io.registrykit.client.internal.http.HttpReply;
import io.registrykit.client.internal.http.Scopes;
import io.registrykit.client.internal.upload.SingleFlight;
import io.registrykit.error.LimitException;
import io.registrykit.manifest.ContentReference;
import io.registrykit.manifest.ManifestParser;
import io.registrykit.model.Bytes;
import io.registrykit.model.Descriptor;
import io.registrykit.model.Digest;
import io.registrykit.model.MediaType;
import io.registrykit.model.Page;
import io.registrykit.model.PageRequest;
import io.registrykit.model.RawManifest;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The referrers of a manifest: from the call that lists them, or, at registries without it, from
 * the tag that clients keep. Immutable.
 *
 * @see <a
 *     href="https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#listing-referrers">OCI
 *     distribution-spec, listing referrers</a>
 */
public final class ReferrerEndpoints {
  private static final int MAX_LENGTH = 4 * 1024 * 1024;
  private static final int MAX_PAGES = 100;
  private static final ManifestParser PARSER = new ManifestParser(RegistryPolicy.strict());

  private final Context context;
  private final ReferrersTag tag;

  /**
   * The calls for one repository.
   *
   * @param context the repository
   */
  public ReferrerEndpoints(Context context) {
    this.context = context;
    this.tag = new ReferrersTag(context);
  }

  /**
   * Lists referrers.
   *
   * @param subject the manifest that they refer to
   * @param artifactType the only type to list, or null
   * @param page which part
   * @return descriptors in the order of their digests
   */
  public Page<Descriptor> list(Digest subject, @Nullable MediaType artifactType, PageRequest page) {
    List<Descriptor> all = new ArrayList<>(context.call(limits -> all(subject, limits)));
    all.removeIf(one -> artifactType != null && !artifactType.equals(one.artifactType()));
    all.sort(Comparator.comparing(one -> one.digest().toString()));
    String after = page.after();
    all.removeIf(one -> after != null && one.digest().toString().compareTo(after) <= 0);
    boolean more = all.size() > page.limit();
    List<Descriptor> wanted = all.subList(0, Math.min(all.size(), page.limit()));
    return new Page<>(wanted, more ? wanted.get(wanted.size() - 1).digest().toString() : null);
  }

  /**
   * Notes a manifest with a subject at a registry that did not do so itself.
   *
   * @param raw the manifest
   * @param subject what it refers to
   * @param turns lets one thread after the other change the list of a subject
   */
  public void note(RawManifest raw, Digest subject, SingleFlight turns) {
    UploadJournal.Key key =
        new UploadJournal.Key(
            context.transport().registry().authority(), context.repository(), subject);
    context.call(
        limits -> {
          SingleFlight.Place place = turns.enter(key, limits);
          try {
            tag.add(raw, subject, limits);
            return true;
          } finally {
            place.close();
          }
        });
  }

  private List<Descriptor> all(Digest subject, CallLimits limits) throws IOException {
    Map<Digest, Descriptor> found = new LinkedHashMap<>();
    Set<URI> seen = new HashSet<>();
    URI uri = context.uri("/referrers/" + subject);
    while (uri != null && seen.add(uri) && seen.size() <= MAX_PAGES) {
      HttpReply reply =
          context
              .transport()
              .send(HttpCall.of("GET", uri, limits), Scopes.pull(context.repository()));
      if (reply.status() != 200 || isPage(reply)) {
        Answer answer = Answer.of(reply);
        if (answer.status() == 200
            || answer.status() == 404
            || answer.status() == 405
            || answer.status() == 400) {
          return tag.list(subject, limits);
        }
        throw context.failure(answer);
      }
      try (reply) {
        Bytes body =
            reply
                .read(MAX_LENGTH)
                .orElseThrow(() -> LimitException.tooLarge("the list is too long", MAX_LENGTH));
        for (Descriptor one : descriptors(body)) {
          found.put(one.digest(), one);
        }
        uri = ListEndpoints.next(reply.uri(), reply.headers());
      }
      if (uri != null && !context.transport().policy().trusts(uri)) {
        throw context.transport().policy().refusal("next page", uri);
      }
    }
    return List.copyOf(found.values());
  }

  /** A web page for everything that is not known, instead of a 404. */
  private static boolean isPage(HttpReply reply) {
    return reply.headers().first("Content-Type").orElse("").startsWith("text/");
  }

  static List<Descriptor> descriptors(Bytes index) {
    return PARSER.parse(MediaType.OCI_INDEX, index).manifests().stream()
        .map(ContentReference::descriptor)
        .flatMap(Optional::stream)
        .toList();
  }
}
