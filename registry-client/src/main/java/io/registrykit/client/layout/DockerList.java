package io.registrykit.client.layout;

import io.registrykit.RegistryPolicy;
import io.registrykit.error.ErrorCode;
import io.registrykit.error.InvalidContentException;
import io.registrykit.internal.json.JsonFormatException;
import io.registrykit.internal.json.JsonReader;
import io.registrykit.internal.json.JsonWriter;
import io.registrykit.model.Bytes;
import io.registrykit.model.Descriptor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The {@code manifest.json} of what {@code docker save} writes: which files make up which image.
 * Immutable.
 *
 * @param images at least one
 */
record DockerList(List<Item> images) {
  static final String FILE = "manifest.json";
  private static final int MAX_LENGTH = 64 * 1024 * 1024;

  private static final JsonReader.Source JSON =
      new JsonReader.Source(RegistryPolicy.strict().maxJsonDepth(), MAX_LENGTH + 20);

  DockerList {
    images = List.copyOf(images);
  }

  /**
   * One image.
   *
   * @param config the path of its configuration
   * @param names its full names, possibly none
   * @param layers the paths of its layers, lowest first
   */
  record Item(String config, List<String> names, List<String> layers) {
    Item {
      names = List.copyOf(names);
      layers = List.copyOf(layers);
    }

    /** With the full name of an entry of an index, when it has one. */
    Item named(Descriptor entry) {
      return new Item(
          config, LayoutNames.taggedName(entry).map(List::of).orElse(List.of()), layers);
    }

    /** With the names of the same image. */
    Item and(Item other) {
      List<String> all = new ArrayList<>(names);
      all.addAll(other.names);
      return new Item(config, all, layers);
    }
  }

  /** The document is an array; the reader wants an object, so it gets one. */
  static DockerList read(FileContent file) throws IOException {
    String array = Whole.read(file, MAX_LENGTH).toUtf8();
    List<Item> images = new ArrayList<>();
    try {
      JSON.readObject(
          Bytes.utf8("{\"images\":" + array + "}"),
          (json, name) -> json.array(() -> images.add(item(json))));
    } catch (JsonFormatException e) {
      throw malformed(e.getMessage());
    }
    return new DockerList(images);
  }

  private static Item item(JsonReader json) {
    List<String> config = new ArrayList<>();
    List<String> names = new ArrayList<>();
    List<String> layers = new ArrayList<>();
    json.object(
        field -> {
          switch (field) {
            case "Config" -> config.add(json.string());
            case "RepoTags" -> names.addAll(strings(json));
            case "Layers" -> layers.addAll(strings(json));
            default -> json.skip();
          }
        });
    if (config.isEmpty()) {
      throw json.invalid("an image needs a configuration");
    }
    return new Item(config.get(0), names, layers);
  }

  /** Go writes null for an empty list. */
  private static List<String> strings(JsonReader json) {
    return json.isNull() ? List.of() : json.strings();
  }

  static InvalidContentException malformed(@Nullable String why) {
    return new InvalidContentException(
        ErrorCode.MANIFEST_INVALID, "the archive's " + FILE + " is malformed: " + why);
  }

  Bytes write() {
    String object =
        JsonWriter.document(
                json ->
                    json.array(
                        "i",
                        array -> {
                          for (Item image : images) {
                            array.object(fields -> write(fields, image));
                          }
                        }))
            .toUtf8();
    return Bytes.utf8(object.substring(object.indexOf('['), object.lastIndexOf(']') + 1));
  }

  /** The {@code repositories} of docker before 1.10: the topmost layer of each name. */
  Bytes writeRepositories() {
    SortedMap<String, SortedMap<String, String>> repositories = new TreeMap<>();
    for (Item image : images) {
      for (String name : image.layers().isEmpty() ? List.<String>of() : image.names()) {
        int colon = name.lastIndexOf(':');
        String top = image.layers().get(image.layers().size() - 1);
        repositories
            .computeIfAbsent(name.substring(0, colon), any -> new TreeMap<>())
            .put(name.substring(colon + 1), top.substring(0, top.lastIndexOf('.')));
      }
    }
    return JsonWriter.document(
        json -> {
          for (Map.Entry<String, SortedMap<String, String>> one : repositories.entrySet()) {
            json.object(
                one.getKey(),
                tags -> {
                  for (Map.Entry<String, String> tag : one.getValue().entrySet()) {
                    tags.string(tag.getKey(), tag.getValue());
                  }
                });
          }
        });
  }

  private static void write(JsonWriter json, Item image) throws IOException {
    json.string("Config", image.config());
    strings(json, "RepoTags", image.names());
    strings(json, "Layers", image.layers());
  }

  private static void strings(JsonWriter json, String name, List<String> texts) throws IOException {
    json.array(
        name,
        array -> {
          for (String text : texts) {
            array.string(text);
          }
        });
  }
}
