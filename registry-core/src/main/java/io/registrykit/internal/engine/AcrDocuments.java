package io.registrykit.internal.engine;

import io.registrykit.DeletedContent;
import io.registrykit.internal.json.JsonWriter;
import io.registrykit.model.Bytes;
import io.registrykit.model.Digest;
import io.registrykit.model.RepositoryName;
import io.registrykit.model.Tag;
import io.registrykit.spi.store.Attributes;
import io.registrykit.spi.store.ManifestRecord;
import io.registrykit.spi.store.RepositoryRecord;
import io.registrykit.spi.store.TagRecord;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes the documents of the data-plane API of Azure Container Registry. Thread-safe. */
final class AcrDocuments {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final @Nullable String loginServer;

  AcrDocuments(@Nullable String loginServer) {
    this.loginServer = loginServer;
  }

  private String registry(Call call) {
    if (loginServer != null) {
      return loginServer;
    }
    String host = call.request().headers().first("Host").orElse("");
    return Realm.isHost(host) ? host : "localhost";
  }

  Bytes repository(Call call, RepositoryRecord record) {
    return JsonWriter.document(
        json -> {
          head(json, call);
          times(json, record.createdAt(), record.updatedAt());
          json.integer("manifestCount", record.manifests());
          json.integer("tagCount", record.tags());
          attributes(json, record.attributes());
        });
  }

  Bytes tag(Call call, TagRecord record) {
    return JsonWriter.document(
        json -> {
          head(json, call);
          json.object("tag", fields -> tag(fields, record));
        });
  }

  Bytes tags(Call call, List<TagRecord> records, @Nullable String link) {
    return JsonWriter.document(
        json -> {
          head(json, call);
          json.array(
              "tags",
              array -> {
                for (TagRecord record : records) {
                  array.object(fields -> tag(fields, record));
                }
              });
          link(json, link);
        });
  }

  Bytes manifest(Call call, AcrManifest manifest) {
    return JsonWriter.document(
        json -> {
          head(json, call);
          json.object("manifest", fields -> manifest(fields, manifest));
        });
  }

  Bytes manifests(Call call, List<AcrManifest> manifests, @Nullable String link) {
    return JsonWriter.document(
        json -> {
          head(json, call);
          json.array(
              "manifests",
              array -> {
                for (AcrManifest manifest : manifests) {
                  array.object(fields -> manifest(fields, manifest));
                }
              });
          link(json, link);
        });
  }

  /** The SDK's synchronous client reads the link in the body, every other one the header. */
  Bytes catalog(List<RepositoryName> repositories, @Nullable String link) {
    return JsonWriter.document(
        json -> {
          json.array(
              "repositories",
              array -> {
                for (RepositoryName repository : repositories) {
                  array.string(repository.value());
                }
              });
          link(json, link);
        });
  }

  Bytes deleted(DeletedContent content) {
    return JsonWriter.document(
        json -> {
          json.array(
              "manifestsDeleted",
              array -> {
                for (Digest digest : content.manifests().stream().sorted().toList()) {
                  array.string(digest.toString());
                }
              });
          json.array(
              "tagsDeleted",
              array -> {
                for (Tag tag : content.tags().stream().sorted().toList()) {
                  array.string(tag.value());
                }
              });
        });
  }

  private void head(JsonWriter json, Call call) throws IOException {
    json.string("registry", registry(call));
    json.string("imageName", call.name().value());
  }

  private static void link(JsonWriter json, @Nullable String link) throws IOException {
    if (link != null) {
      json.string("link", link);
    }
  }

  private static void tag(JsonWriter json, TagRecord record) throws IOException {
    json.string("name", record.tag().value());
    json.string("digest", record.target().toString());
    times(json, record.createdAt(), record.updatedAt());
    json.bool("signed", false);
    attributes(json, record.attributes());
  }

  private static void manifest(JsonWriter json, AcrManifest manifest) throws IOException {
    ManifestRecord record = manifest.record();
    json.string("digest", record.digest().toString());
    json.integer("imageSize", manifest.imageSize());
    times(json, record.pushedAt(), record.updatedAt());
    platform(json, manifest.platform());
    json.string("mediaType", record.descriptor().mediaType().value());
    if (manifest.configType() != null) {
      json.string("configMediaType", manifest.configType().value());
    }
    if (!manifest.tags().isEmpty()) {
      json.array(
          "tags",
          array -> {
            for (Tag tag : manifest.tags()) {
              array.string(tag.value());
            }
          });
    }
    attributes(json, record.attributes());
    if (!manifest.references().isEmpty()) {
      json.array(
          "references",
          array -> {
            for (AcrManifest.Part part : manifest.references()) {
              array.object(
                  fields -> {
                    fields.string("digest", part.digest());
                    platform(fields, part.platform());
                  });
            }
          });
    }
  }

  private static void platform(JsonWriter json, AcrManifest.@Nullable Runs platform)
      throws IOException {
    if (platform != null) {
      json.string("architecture", platform.architecture());
      json.string("os", platform.os());
    }
  }

  private static void times(JsonWriter json, Instant created, Instant updated) throws IOException {
    json.string("createdTime", TIME.format(created));
    json.string("lastUpdateTime", TIME.format(updated));
  }

  private static void attributes(JsonWriter json, Attributes attributes) throws IOException {
    json.object(
        "changeableAttributes",
        fields -> {
          fields.bool("deleteEnabled", attributes.deleteEnabled());
          fields.bool("writeEnabled", attributes.writeEnabled());
          fields.bool("readEnabled", attributes.readEnabled());
          fields.bool("listEnabled", attributes.listEnabled());
        });
  }
}
