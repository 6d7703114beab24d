package io.registrykit.client.internal.endpoint;

import io.registrykit.RegistryPolicy;
import io.registrykit.api.Headers;
import io.registrykit.client.internal.http.Answer;
import io.registrykit.client.internal.http.CallLimits;
import io.registrykit.client.internal.http.HttpBody;
import io.registrykit.client.internal.http.HttpCall;
import io.registrykit.client.internal.http.HttpReply;
import io.registrykit.client.internal.http.Scopes;
import io.registrykit.error.ErrorCode;
import io.registrykit.error.InvalidContentException;
import io.registrykit.error.LimitException;
import io.registrykit.manifest.ManifestParser;
import io.registrykit.model.Bytes;
import io.registrykit.model.Descriptor;
import io.registrykit.model.Digest;
import io.registrykit.model.DigestAlgorithm;
import io.registrykit.model.MediaType;
import io.registrykit.model.RawManifest;
import io.registrykit.model.Reference;
import io.registrykit.model.Tag;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The calls about manifests. Immutable. */
public final class ManifestEndpoints {
  private static final int MAX_LENGTH = 4 * 1024 * 1024;
  private static final ManifestParser PARSER = new ManifestParser(RegistryPolicy.strict());
  private static final String ACCEPT =
      String.join(
          ", ",
          MediaType.OCI_INDEX.value(),
          MediaType.OCI_MANIFEST.value(),
          MediaType.DOCKER_MANIFEST_LIST.value(),
          MediaType.DOCKER_MANIFEST.value(),
          "*/*");

  private final Context context;

  /**
   * The calls for one repository.
   *
   * @param context the repository
   */
  public ManifestEndpoints(Context context) {
    this.context = context;
  }

  /**
   * Reads a manifest and checks that it is the one that was asked for.
   *
   * @param reference its tag or digest
   * @return empty when there is none
   */
  public Optional<RawManifest> get(Reference reference) {
    return context.call(limits -> get(reference, limits));
  }

  Optional<RawManifest> get(Reference reference, CallLimits limits) throws IOException {
    HttpCall call = HttpCall.of("GET", uri(reference), limits).withHeaders(accept());
    for (int tries = 1; ; tries++) {
      HttpReply reply = context.transport().send(call, Scopes.pull(context.repository()));
      if (reply.status() != 200) {
        Answer answer = Answer.of(reply);
        if (answer.status() == 404) {
          return Optional.empty();
        }
        throw context.failure(answer);
      }
      try (reply) {
        Bytes content =
            reply
                .read(MAX_LENGTH)
                .orElseThrow(() -> LimitException.tooLarge("manifest is too large", MAX_LENGTH));
        return Optional.of(checked(reference, reply.headers(), content));
      } catch (IOException e) {
        limits.check();
        if (tries >= context.transport().pauses().policy().attempts()) {
          throw e;
        }
        context.transport().pauses().pause(tries, limits);
      }
    }
  }

  private static RawManifest checked(Reference reference, Headers headers, Bytes content) {
    Optional<Digest> told = digest(headers);
    Digest wanted =
        reference instanceof Digest digest
            ? digest
            : told.orElseGet(() -> content.digest(DigestAlgorithm.SHA256));
    Digest actual = content.digest(wanted.algorithm());
    if (!actual.equals(wanted)) {
      throw new InvalidContentException(
          ErrorCode.DIGEST_INVALID,
          "the registry sent a manifest with another digest",
          Map.of("expected", wanted.toString(), "actual", actual.toString()));
    }
    MediaType type =
        mediaType(headers)
            .or(() -> PARSER.mediaTypeOf(content))
            .orElseThrow(
                () ->
                    new InvalidContentException(
                        ErrorCode.MANIFEST_INVALID, "the registry sent a manifest without a type"));
    return new RawManifest(type, actual, content);
  }

  /** The type, unless it is one that says nothing. */
  private static Optional<MediaType> mediaType(Headers headers) {
    Optional<String> text = headers.first("Content-Type");
    try {
      return text.map(MediaType::parse)
          .filter(type -> !type.equals(MediaType.OCTET_STREAM) && !type.equals(MediaType.JSON))
          .filter(type -> !type.value().startsWith("text/"));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<Digest> digest(Headers headers) {
    try {
      return headers.first("Docker-Content-Digest").map(text -> Digest.parse(text.strip()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * Looks at a manifest.
   *
   * @param reference its tag or digest
   * @return empty when there is none
   */
  public Optional<Descriptor> head(Reference reference) {
    return context.call(
        limits -> {
          HttpCall call = HttpCall.of("HEAD", uri(reference), limits).withHeaders(accept());
          Answer answer = context.answer(call, Scopes.pull(context.repository()));
          if (answer.status() == 404) {
            return Optional.empty();
          }
          if (answer.status() != 200 && answer.status() != 405) {
            throw context.failure(answer);
          }
          Optional<Digest> digest =
              reference instanceof Digest own ? Optional.of(own) : digest(answer.headers());
          Optional<MediaType> type = mediaType(answer.headers());
          String length = answer.headers().first("Content-Length").orElse("");
          if (digest.isPresent() && type.isPresent() && length.matches("[1-9][0-9]{0,17}")) {
            return Optional.of(new Descriptor(type.get(), digest.get(), Long.parseLong(length)));
          }
          return get(reference, limits).map(ManifestEndpoints::describe);
        });
  }

  private static Descriptor describe(RawManifest raw) {
    return new Descriptor(raw.mediaType(), raw.digest(), raw.content().length());
  }

  /**
   * Stores a manifest.
   *
   * @param raw the manifest
   * @param tags the tags to set; a registry that knows no better sets them one after the other
   * @return whether the registry has noted the subject of the manifest
   */
  public boolean put(RawManifest raw, Set<Tag> tags) {
    return context.call(limits -> put(raw, List.copyOf(new TreeSet<>(tags)), limits));
  }

  private boolean put(RawManifest raw, List<Tag> tags, CallLimits limits) throws IOException {
    boolean byTag = tags.size() == 1 && raw.digest().algorithm() == DigestAlgorithm.SHA256;
    if (byTag) {
      return put(raw, uri(tags.get(0)), limits).headers().first("OCI-Subject").isPresent();
    }
    StringBuilder query = new StringBuilder();
    for (Tag tag : tags) {
      query.append(query.isEmpty() ? '?' : '&').append("tag=").append(tag);
    }
    String place = "/manifests/" + raw.digest();
    Answer answer = send(raw, context.uri(place + query), limits);
    if (answer.status() == 414 && !tags.isEmpty()) {
      answer = send(raw, context.uri(place), limits);
    }
    check(raw, answer);
    boolean noted = answer.headers().first("OCI-Subject").isPresent();
    Set<String> set = setTags(answer.headers());
    for (Tag tag : tags) {
      if (!set.contains(tag.value())) {
        put(raw, uri(tag), limits);
      }
    }
    return noted;
  }

  /** The tags that the registry has set, in several headers or in one. */
  private static Set<String> setTags(Headers headers) {
    Set<String> tags = new HashSet<>();
    for (String line : headers.all("OCI-Tag")) {
      for (String tag : line.split(",", -1)) {
        tags.add(tag.strip());
      }
    }
    return tags;
  }

  private Answer put(RawManifest raw, URI uri, CallLimits limits) throws IOException {
    Answer answer = send(raw, uri, limits);
    check(raw, answer);
    return answer;
  }

  private Answer send(RawManifest raw, URI uri, CallLimits limits) throws IOException {
    HttpCall call =
        HttpCall.of("PUT", uri, limits)
            .withHeaders(Headers.of("Content-Type", raw.mediaType().value()))
            .withBody(HttpBody.of(raw.content()));
    return context.answer(call, Scopes.push(context.repository()));
  }

  private void check(RawManifest raw, Answer answer) {
    if (answer.status() < 200 || answer.status() > 299) {
      throw context.failure(answer);
    }
    Optional<Digest> told = digest(answer.headers());
    if (told.isPresent()
        && told.get().algorithm() == raw.digest().algorithm()
        && !told.get().equals(raw.digest())) {
      throw new InvalidContentException(
          ErrorCode.DIGEST_INVALID,
          "the registry stored another manifest",
          Map.of("expected", raw.digest().toString(), "actual", told.get().toString()));
    }
  }

  /**
   * Deletes a manifest or a tag.
   *
   * @param reference the digest or the tag
   */
  public void delete(Reference reference) {
    context.call(
        limits -> {
          Answer answer =
              context.answer(
                  HttpCall.of("DELETE", uri(reference), limits),
                  Scopes.delete(context.repository()));
          Deletion.check(context, answer);
          return true;
        });
  }

  private static Headers accept() {
    return Headers.of("Accept", ACCEPT);
  }

  private URI uri(Reference reference) {
    String text = reference instanceof Digest ? reference.toString() : encode(reference.toString());
    return context.uri("/manifests/" + text);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
