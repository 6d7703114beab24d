package io.registrykit.internal.engine;

import io.registrykit.AcceptRule;
import io.registrykit.EmbeddedRepository;
import io.registrykit.RegistryPolicy;
import io.registrykit.api.ApiRequest;
import io.registrykit.api.ApiResponse;
import io.registrykit.error.ErrorCode;
import io.registrykit.error.InvalidContentException;
import io.registrykit.error.LimitException;
import io.registrykit.error.NotFoundException;
import io.registrykit.manifest.ManifestParser;
import io.registrykit.model.Bytes;
import io.registrykit.model.Descriptor;
import io.registrykit.model.Digest;
import io.registrykit.model.MediaType;
import io.registrykit.model.RawManifest;
import io.registrykit.model.Reference;
import io.registrykit.model.Tag;
import io.registrykit.spi.auth.Action;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Pulls, pushes and deletes manifests and tags. Thread-safe.
 *
 * @see <a
 *     href="https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#pulling-manifests">OCI
 *     distribution-spec, pulling manifests</a>
 */
final class ManifestOperations {
  private static final String PATH = "/v2/{name}/manifests/{reference}";

  private final LargeManifests large = new LargeManifests();
  private final RegistryPolicy policy;
  private final ManifestParser parser;

  ManifestOperations(RegistryPolicy policy) {
    this.policy = policy;
    this.parser = new ManifestParser(policy);
  }

  List<Route> routes() {
    return List.of(
        new Route(
            "GET", PATH, Needs.of(Action.PULL), OperationKind.READ, "Pull a manifest", this::get),
        new Route(
            "HEAD",
            PATH,
            Needs.of(Action.PULL),
            OperationKind.READ,
            "Look at a manifest without pulling it",
            this::head),
        new Route(
            "PUT",
            PATH,
            Needs.of(Action.PULL, Action.PUSH),
            OperationKind.WRITE,
            "Push a manifest, by tag or digest, with further tags in `tag=`",
            this::putWhenThereIsRoom),
        new Route(
            "DELETE",
            PATH,
            Needs.of(Action.DELETE),
            OperationKind.WRITE,
            "Delete a tag, or a manifest with all its tags",
            this::delete));
  }

  private ApiResponse get(Call call) {
    Optional<RawManifest> found = call.repository().manifest(reference(call));
    if (found.isEmpty()) {
      return unknown(call);
    }
    RawManifest manifest = found.get();
    return isHidden(call, manifest.mediaType())
        ? hidden(call, manifest.mediaType())
        : isKnown(call, manifest.digest())
            ? Reply.status(304).identity(manifest.digest()).empty()
            : Reply.status(200)
                .identity(manifest.digest())
                .bytes(manifest.mediaType().value(), manifest.content());
  }

  private ApiResponse head(Call call) {
    Optional<Descriptor> found = call.repository().describe(reference(call));
    if (found.isEmpty()) {
      return unknown(call);
    }
    Descriptor manifest = found.get();
    return isHidden(call, manifest.mediaType())
        ? hidden(call, manifest.mediaType())
        : isKnown(call, manifest.digest())
            ? Reply.status(304).identity(manifest.digest()).empty()
            : Reply.status(200)
                .identity(manifest.digest())
                .bodiless(manifest.mediaType().value(), manifest.size());
  }

  private static boolean isKnown(Call call, Digest digest) {
    return call.request().headers().first(HeaderNames.IF_NONE_MATCH).isPresent()
        && EntityTag.isKnown(call.request().headers(), digest.toString());
  }

  private boolean isHidden(Call call, MediaType type) {
    return policy.acceptRule() == AcceptRule.REFUSE_OTHERS
        && !AcceptHeader.accepts(call.request().headers(), type);
  }

  private static ApiResponse hidden(Call call, MediaType type) {
    return ErrorBody.of(
        Reply.status(ErrorCode.MANIFEST_UNKNOWN.httpStatus()),
        ErrorCode.MANIFEST_UNKNOWN,
        "the manifest is of a type that the request does not accept",
        Map.of(
            "mediaType", type.value(), "accept", AcceptHeader.describe(call.request().headers())));
  }

  /**
   * Reads the reference of something that is asked for. A tag that nobody can push is one that is
   * not there.
   */
  private static Reference reference(Call call) {
    String text = call.parameter();
    if (References.isDigest(text)) {
      return References.digest(text);
    }
    try {
      return new Tag(text);
    } catch (IllegalArgumentException e) {
      throw new NotFoundException(
          ErrorCode.MANIFEST_UNKNOWN,
          ErrorCode.MANIFEST_UNKNOWN.defaultMessage(),
          Map.of("reason", String.valueOf(e.getMessage())));
    }
  }

  private static ApiResponse unknown(Call call) {
    return ErrorBody.of(ErrorCode.MANIFEST_UNKNOWN, Map.of("reference", call.parameter()));
  }

  private ApiResponse putWhenThereIsRoom(Call call) throws IOException {
    if (!large.isLarge(call.request().contentLength())) {
      return put(call);
    }
    large.enter();
    try {
      return put(call);
    } finally {
      large.leave();
    }
  }

  private ApiResponse put(Call call) throws IOException {
    String reference = call.parameter();
    Set<Tag> tags = new LinkedHashSet<>();
    Digest expected = null;
    if (References.isDigest(reference)) {
      expected = References.digest(reference);
    } else {
      tags.add(References.tag(reference));
    }
    List<String> more = call.request().query().all("tag");
    for (String tag : more) {
      tags.add(References.tag(tag));
    }
    Bytes content = content(call.request());
    RawManifest manifest = manifest(mediaType(call.request(), content), content, expected);
    EmbeddedRepository repository = call.repository();
    Descriptor pushed = repository.pushManifest(manifest, tags);
    String digest = pushed.digest().toString();
    Reply reply =
        Reply.status(201)
            .header(HeaderNames.LOCATION, "/v2/" + call.name() + "/manifests/" + digest)
            .header(HeaderNames.CONTENT_DIGEST, digest);
    subject(manifest).ifPresent(subject -> reply.header(HeaderNames.SUBJECT, subject));
    for (String tag : more) {
      reply.header(HeaderNames.TAG, tag);
    }
    return reply.empty();
  }

  private Bytes content(ApiRequest request) throws IOException {
    int most = policy.maxManifestBytes();
    try {
      RequestBody body = RequestBody.of(request, request.contentLength(), most);
      return Bytes.readFrom(body, most)
          .orElseThrow(() -> LimitException.tooLarge("manifest is too large", most));
    } catch (RequestBody.RefusedException e) {
      throw e.reason();
    }
  }

  private MediaType mediaType(ApiRequest request, Bytes content) {
    Optional<String> header = request.headers().first(HeaderNames.CONTENT_TYPE);
    if (header.isPresent()) {
      try {
        return MediaType.parse(header.get());
      } catch (IllegalArgumentException e) {
        throw new InvalidContentException(
            ErrorCode.MANIFEST_INVALID, "Content-Type: " + e.getMessage());
      }
    }
    return parser
        .mediaTypeOf(content)
        .orElseThrow(
            () ->
                new InvalidContentException(
                    ErrorCode.MANIFEST_INVALID,
                    "neither Content-Type nor mediaType says what the manifest is"));
  }

  private static RawManifest manifest(
      MediaType mediaType, Bytes content, @Nullable Digest expected) {
    if (expected == null) {
      return RawManifest.of(mediaType, content);
    }
    try {
      return new RawManifest(mediaType, expected, content);
    } catch (IllegalArgumentException e) {
      throw new InvalidContentException(
          ErrorCode.DIGEST_INVALID,
          ErrorCode.DIGEST_INVALID.defaultMessage(),
          Map.of("digest", expected.toString()));
    }
  }

  private Optional<String> subject(RawManifest manifest) {
    return Optional.ofNullable(parser.parse(manifest).subject())
        .map(subject -> subject.digestText());
  }

  private ApiResponse delete(Call call) {
    Reference reference = reference(call);
    if (reference instanceof Digest digest) {
      call.repository().deleteManifest(digest);
    } else if (reference instanceof Tag tag) {
      call.repository().deleteTag(tag);
    }
    return Reply.status(202).empty();
  }
}
