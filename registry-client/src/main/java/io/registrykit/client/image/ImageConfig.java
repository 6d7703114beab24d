package io.registrykit.client.image;

import io.registrykit.error.ErrorCode;
import io.registrykit.error.InvalidContentException;
import io.registrykit.internal.json.JsonFormatException;
import io.registrykit.internal.json.JsonTree;
import io.registrykit.manifest.Platform;
import io.registrykit.model.Bytes;
import io.registrykit.model.Digest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of an image: what it runs on, what it runs, and what it was made of. Immutable;
 * each change is a copy, and fields that are not known here are kept.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/v1.1.1/config.md">OCI image-spec,
 *     image configuration</a>
 */
public final class ImageConfig {
  private static final int MAX_LENGTH = 8 * 1024 * 1024;

  /** The fields that say where an image runs. */
  private static final List<String> PLATFORM =
      List.of("architecture", "os", "os.version", "os.features", "variant");

  private final Map<String, @Nullable Object> fields;

  private ImageConfig(Map<String, @Nullable Object> fields) {
    this.fields = fields;
  }

  /**
   * The configuration of an image without layers.
   *
   * @param platform what it runs on
   * @return the configuration
   */
  public static ImageConfig scratch(Platform platform) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("architecture", platform.architecture());
    fields.put("os", platform.os());
    if (platform.variant() != null) {
      fields.put("variant", platform.variant());
    }
    if (platform.osVersion() != null) {
      fields.put("os.version", platform.osVersion());
    }
    if (!platform.osFeatures().isEmpty()) {
      fields.put("os.features", platform.osFeatures());
    }
    return new ImageConfig(fields);
  }

  /**
   * Reads a configuration.
   *
   * @param document the document
   * @return the configuration
   * @throws InvalidContentException if it is malformed or longer than 8 MiB
   */
  public static ImageConfig parse(Bytes document) {
    try {
      return new ImageConfig(JsonTree.read(document, MAX_LENGTH));
    } catch (JsonFormatException e) {
      throw new InvalidContentException(
          ErrorCode.MANIFEST_INVALID, "the configuration is malformed: " + e.getMessage());
    }
  }

  /**
   * The document.
   *
   * @return JSON; the bytes are not those that were read
   */
  public Bytes toJson() {
    return JsonTree.write(fields);
  }

  /**
   * What the image runs on.
   *
   * @return the platform, with empty texts for what is not said
   */
  public Platform platform() {
    return new Platform(
        text(fields, "os").orElse(""),
        text(fields, "architecture").orElse(""),
        text(fields, "variant").orElse(null),
        text(fields, "os.version").orElse(null),
        strings(fields, "os.features"));
  }

  /**
   * The program that runs, with its first arguments.
   *
   * @return possibly none
   */
  public List<String> entrypoint() {
    return strings(run(), "Entrypoint");
  }

  /**
   * More arguments, which a caller can replace.
   *
   * @return possibly none
   */
  public List<String> command() {
    return strings(run(), "Cmd");
  }

  /**
   * The environment.
   *
   * @return each {@code NAME=value}
   */
  public List<String> environment() {
    return strings(run(), "Env");
  }

  /**
   * The labels.
   *
   * @return texts by name
   */
  public Map<String, String> labels() {
    Map<String, String> labels = new LinkedHashMap<>();
    object(run(), "Labels").forEach((name, value) -> labels.put(name, String.valueOf(value)));
    return labels;
  }

  /**
   * The digests of the layers without compression.
   *
   * @return lowest first
   */
  public List<Digest> diffIds() {
    return strings(object(fields, "rootfs"), "diff_ids").stream().map(Digest::parse).toList();
  }

  /**
   * What the layers were made by.
   *
   * @return one text for each step, oldest first
   */
  public List<String> history() {
    List<String> steps = new ArrayList<>();
    if (fields.get("history") instanceof List<?> list) {
      for (Object step : list) {
        steps.add(step instanceof Map<?, ?> map ? String.valueOf(map.get("created_by")) : "");
      }
    }
    return steps;
  }

  /**
   * With another program.
   *
   * @param words the program and its first arguments
   * @return a copy, whose {@link #command()} is empty
   */
  public ImageConfig entrypoint(List<String> words) {
    return withRun("Entrypoint", words).withRun("Cmd", null);
  }

  /**
   * With other arguments.
   *
   * @param words the arguments
   * @return a copy
   */
  public ImageConfig command(List<String> words) {
    return withRun("Cmd", words);
  }

  /**
   * With a variable of the environment, in place of one with the same name.
   *
   * @param name the name
   * @param value the value
   * @return a copy
   */
  public ImageConfig environment(String name, String value) {
    List<String> changed = new ArrayList<>(environment());
    changed.removeIf(one -> one.startsWith(name + "="));
    changed.add(name + "=" + value);
    return withRun("Env", changed);
  }

  /**
   * With a label, in place of one with the same name.
   *
   * @param name the name
   * @param value the text
   * @return a copy
   */
  public ImageConfig label(String name, String value) {
    Map<String, String> changed = new LinkedHashMap<>(labels());
    changed.put(name, value);
    return withRun("Labels", changed);
  }

  /**
   * With another user, group, or both.
   *
   * @param user such as {@code 1000:1000}
   * @return a copy
   */
  public ImageConfig user(String user) {
    return withRun("User", user);
  }

  /**
   * With another folder to start in.
   *
   * @param folder such as {@code /app}
   * @return a copy
   */
  public ImageConfig workingFolder(String folder) {
    return withRun("WorkingDir", folder);
  }

  /**
   * With another time of making; the time of the base stays without this.
   *
   * @param time the time
   * @return a copy
   */
  public ImageConfig created(Instant time) {
    return with("created", time.toString());
  }

  /** With a layer on top. */
  ImageConfig append(Layer layer) {
    List<String> diffIds = new ArrayList<>(strings(object(fields, "rootfs"), "diff_ids"));
    diffIds.add(layer.diffId().toString());
    Map<String, @Nullable Object> rootfs = new LinkedHashMap<>();
    rootfs.put("type", "layers");
    rootfs.put("diff_ids", diffIds);
    List<@Nullable Object> history = list(fields, "history");
    history.add(Map.of("created_by", layer.createdBy()));
    return with("rootfs", rootfs).with("history", history);
  }

  /** With the layers and the history above one base put on another, whose platform it takes. */
  ImageConfig onto(ImageConfig oldBase, ImageConfig newBase) {
    List<String> diffIds = new ArrayList<>(strings(object(newBase.fields, "rootfs"), "diff_ids"));
    diffIds.addAll(above(strings(object(fields, "rootfs"), "diff_ids"), oldBase.diffIds().size()));
    List<@Nullable Object> steps = new ArrayList<>(list(newBase.fields, "history"));
    steps.addAll(above(list(fields, "history"), list(oldBase.fields, "history").size()));
    Map<String, @Nullable Object> rootfs = new LinkedHashMap<>();
    rootfs.put("type", "layers");
    rootfs.put("diff_ids", diffIds);
    Map<String, @Nullable Object> changed = new LinkedHashMap<>(fields);
    for (String name : PLATFORM) {
      changed.remove(name);
      if (newBase.fields.containsKey(name)) {
        changed.put(name, newBase.fields.get(name));
      }
    }
    return new ImageConfig(changed).with("rootfs", rootfs).with("history", steps);
  }

  private static <T extends @Nullable Object> List<T> above(List<T> all, int below) {
    return all.subList(Math.min(below, all.size()), all.size());
  }

  private static List<@Nullable Object> list(Map<String, @Nullable Object> from, String name) {
    return from.get(name) instanceof List<?> list ? new ArrayList<>(list) : new ArrayList<>();
  }

  /** With the empty list of layers that an image without any has to have. */
  ImageConfig complete() {
    return fields.containsKey("rootfs")
        ? this
        : with("rootfs", Map.of("type", "layers", "diff_ids", List.of()));
  }

  private ImageConfig with(String name, @Nullable Object value) {
    Map<String, @Nullable Object> changed = new LinkedHashMap<>(fields);
    changed.put(name, value);
    return new ImageConfig(changed);
  }

  private ImageConfig withRun(String name, @Nullable Object value) {
    Map<String, @Nullable Object> changed = new LinkedHashMap<>(run());
    if (value == null) {
      changed.remove(name);
    } else {
      changed.put(name, value);
    }
    return with("config", changed);
  }

  private Map<String, @Nullable Object> run() {
    return object(fields, "config");
  }

  private static Map<String, @Nullable Object> object(
      Map<String, @Nullable Object> from, String name) {
    Map<String, @Nullable Object> found = new LinkedHashMap<>();
    if (from.get(name) instanceof Map<?, ?> map) {
      map.forEach((key, value) -> found.put(String.valueOf(key), value));
    }
    return found;
  }

  private static Optional<String> text(Map<String, @Nullable Object> from, String name) {
    return from.get(name) instanceof String text && !text.isEmpty()
        ? Optional.of(text)
        : Optional.empty();
  }

  private static List<String> strings(Map<String, @Nullable Object> from, String name) {
    List<String> found = new ArrayList<>();
    if (from.get(name) instanceof List<?> list) {
      for (Object one : list) {
        if (one instanceof String text) {
          found.add(text);
        }
      }
    }
    return found;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ImageConfig that && toJson().equals(that.toJson());
  }

  @Override
  public int hashCode() {
    return toJson().hashCode();
  }

  @Override
  public String toString() {
    return toJson().toUtf8();
  }
}
