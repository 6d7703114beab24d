package io.registrykit.internal.engine;

import io.registrykit.model.MediaType;
import io.registrykit.model.Tag;
import io.registrykit.spi.store.ManifestRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A manifest as the data-plane API of Azure Container Registry shows it. Immutable.
 *
 * @param record what the store knows
 * @param tags its tags
 * @param imageSize the length of all that it names, in bytes
 * @param platform what it runs on, or null when that is not known
 * @param configType the type of its configuration, or null when it has none
 * @param references what an index consists of
 */
record AcrManifest(
    ManifestRecord record,
    List<Tag> tags,
    long imageSize,
    @Nullable Runs platform,
    @Nullable MediaType configType,
    List<Part> references) {

  /** What something runs on. Immutable. */
  record Runs(String architecture, String os) {}

  /** A part of an index. Immutable. */
  record Part(String digest, @Nullable Runs platform) {}
}
