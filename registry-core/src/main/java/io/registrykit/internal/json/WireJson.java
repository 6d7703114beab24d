package io.registrykit.internal.json;

import io.registrykit.error.ErrorInfo;
import io.registrykit.model.Bytes;
import io.registrykit.model.Descriptor;
import io.registrykit.model.MediaType;
import io.registrykit.model.RepositoryName;
import io.registrykit.model.Tag;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * The documents that a registry itself writes. Thread-safe.
 *
 * @see <a href="https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md">OCI
 *     distribution-spec</a>
 */
public final class WireJson {
  private static final int USUAL_NAME = 24;

  private WireJson() {}

  /**
   * An error document.
   *
   * @param errors at least one
   * @return {@code {"errors":[{"code":…,"message":…,"detail":…}]}}
   */
  public static Bytes errors(List<ErrorInfo> errors) {
    return JsonWriter.document(
        json ->
            json.array(
                "errors",
                array -> {
                  for (ErrorInfo error : errors) {
                    array.object(fields -> writeError(fields, error));
                  }
                }));
  }

  private static void writeError(JsonWriter json, ErrorInfo error) throws IOException {
    json.string("code", error.code().name());
    json.string("message", error.message());
    if (!error.detail().isEmpty()) {
      json.object("detail", detail -> writeSorted(detail, error.detail()));
    }
  }

  /**
   * A page of tags.
   *
   * @param repository their repository
   * @param tags the tags in their order, possibly none
   * @return {@code {"name":…,"tags":[…]}}
   */
  public static Bytes tags(RepositoryName repository, List<Tag> tags) {
    StringBuilder json = new StringBuilder(64 + USUAL_NAME * tags.size());
    json.append("{\"name\":\"").append(repository.value()).append("\",\"tags\":[");
    for (int i = 0; i < tags.size(); i++) {
      append(json, i, tags.get(i).value());
    }
    return Bytes.utf8(json.append("]}").toString());
  }

  /** Adds a name whose grammar has nothing to escape: a list may have a hundred thousand. */
  private static void append(StringBuilder json, int index, String name) {
    json.append(index == 0 ? "\"" : ",\"").append(name).append('"');
  }

  /**
   * A page of repositories.
   *
   * @param repositories their names in their order, possibly none
   * @return {@code {"repositories":[…]}}
   */
  public static Bytes catalog(List<RepositoryName> repositories) {
    StringBuilder json = new StringBuilder(64 + USUAL_NAME * repositories.size());
    json.append("{\"repositories\":[");
    for (int i = 0; i < repositories.size(); i++) {
      append(json, i, repositories.get(i).value());
    }
    return Bytes.utf8(json.append("]}").toString());
  }

  /**
   * An OCI image index, as the list of referrers is one.
   *
   * @param manifests what it names, in their order, possibly nothing
   * @return the index, with {@code schemaVersion} and {@code mediaType}
   */
  public static Bytes index(List<Descriptor> manifests) {
    return JsonWriter.document(
        json -> {
          json.integer("schemaVersion", 2);
          json.string("mediaType", MediaType.OCI_INDEX.value());
          json.array(
              "manifests",
              array -> {
                for (Descriptor manifest : manifests) {
                  array.object(fields -> writeDescriptor(fields, manifest));
                }
              });
        });
  }

  private static void writeDescriptor(JsonWriter json, Descriptor descriptor) throws IOException {
    json.string("mediaType", descriptor.mediaType().value());
    json.string("digest", descriptor.digest().toString());
    json.integer("size", descriptor.size());
    MediaType artifactType = descriptor.artifactType();
    if (artifactType != null) {
      json.string("artifactType", artifactType.value());
    }
    if (!descriptor.annotations().isEmpty()) {
      json.object(
          "annotations",
          fields -> {
            for (Map.Entry<String, String> entry : descriptor.annotations().entrySet()) {
              fields.string(entry.getKey(), entry.getValue());
            }
          });
    }
  }

  /** Sorted, so that the same error is the same document in every run. */
  private static void writeSorted(JsonWriter json, Map<String, String> fields) throws IOException {
    for (String name : fields.keySet().stream().sorted().toList()) {
      json.string(name, fields.getOrDefault(name, ""));
    }
  }
}
