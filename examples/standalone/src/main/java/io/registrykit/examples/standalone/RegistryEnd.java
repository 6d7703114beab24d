package io.registrykit.examples.standalone;

import io.registrykit.EmbeddedRegistry;
import io.registrykit.Registry;
import io.registrykit.client.RegistryClient;
import io.registrykit.model.ImageReference;
import io.registrykit.store.fs.FileStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The end of an export or an import that is a registry: one far away, or a folder that no server
 * has open. Not safe for use by several threads at once.
 */
final class RegistryEnd implements AutoCloseable {
  private final Registry registry;
  private final @Nullable FileStore store;
  private final @Nullable ImageReference image;

  private RegistryEnd(
      Registry registry, @Nullable FileStore store, @Nullable ImageReference image) {
    this.registry = registry;
    this.store = store;
    this.image = image;
  }

  /**
   * Finds out what is meant.
   *
   * @param client for a registry far away
   * @param root the folder, or null for a registry far away
   * @param name with a folder, a repository with or without a tag, or null for all of it; else a
   *     host, with or without these behind it
   */
  static RegistryEnd open(RegistryClient client, @Nullable Path root, @Nullable String name)
      throws IOException {
    if (root != null) {
      ImageReference image = name == null ? null : ImageReference.parse(name);
      FileStore store = FileStore.open(root);
      return new RegistryEnd(EmbeddedRegistry.builder().store(store).build(), store, image);
    }
    if (name == null) {
      throw new IOException("say which registry, or which folder with --root");
    }
    int slash = name.indexOf('/');
    String host = slash < 0 ? name : name.substring(0, slash);
    ImageReference image = slash < 0 ? null : ImageReference.parse(name.substring(slash + 1));
    return new RegistryEnd(client.registry(host), null, image);
  }

  Registry registry() {
    return registry;
  }

  /** The repository or the image that is meant; empty for the whole registry. */
  Optional<ImageReference> image() {
    return Optional.ofNullable(image);
  }

  @Override
  public void close() throws IOException {
    registry.close();
    if (store != null) {
      store.close();
    }
  }
}
