package io.registrykit.interop.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrykit.Copier;
import io.registrykit.EmbeddedRegistry;
import io.registrykit.Repository;
import io.registrykit.client.RegistryClient;
import io.registrykit.client.image.Image;
import io.registrykit.client.image.ImageConfig;
import io.registrykit.client.layout.ImageArchive;
import io.registrykit.interop.harness.LiveRegistry;
import io.registrykit.interop.harness.SampleImage;
import io.registrykit.interop.harness.Wire;
import io.registrykit.manifest.Platform;
import io.registrykit.model.RepositoryName;
import io.registrykit.model.Tag;
import io.registrykit.store.memory.MemoryStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

/** An image in a registry, and what our client makes of it in files and out of files. */
final class Archives implements AutoCloseable {
  static final RepositoryName BUSY = new RepositoryName("team/busy");
  static final Tag V1 = new Tag("v1");
  private final Path folder;
  private final LiveRegistry registry;
  private final RegistryClient client;

  private Archives(Path folder, LiveRegistry registry) {
    this.folder = folder;
    this.registry = registry;
    this.client = RegistryClient.builder().insecure(registry.host()).build();
  }

  static Archives start(Path folder, SampleImage image) throws IOException {
    Archives archives = new Archives(folder, LiveRegistry.start(Wire.HTTP, folder));
    Images.pushWithSkopeo(archives.registry, Wire.HTTP, image, folder, BUSY + ":" + V1);
    return archives;
  }

  LiveRegistry registry() {
    return registry;
  }

  Path exportFolder(String name) {
    Path place = folder.resolve(name);
    try (ImageArchive archive = ImageArchive.folder(place)) {
      copier()
          .copy(
              client.registry(registry.host()).repository(BUSY), V1, archive.unnamed(), Set.of(V1));
    }
    return place;
  }

  Path exportOci(String name) {
    return export(ImageArchive.createOci(folder.resolve(name)), name);
  }

  Path exportDocker(String name) {
    return export(ImageArchive.createDocker(folder.resolve(name)), name);
  }

  private Path export(ImageArchive made, String name) {
    try (ImageArchive archive = made) {
      copier().copyAll(client.registry(registry.host()), archive);
      archive.finish();
    }
    return folder.resolve(name);
  }

  private static Copier copier() {
    return Copier.builder().build();
  }

  /** Opens what another tool wrote and expects that it is the image that was pushed. */
  void comesBack(String name) {
    EmbeddedRegistry back = EmbeddedRegistry.builder().store(MemoryStore.create()).build();
    try (ImageArchive archive = ImageArchive.open(folder.resolve(name))) {
      copier()
          .copy(
              archive.unnamed(),
              archive.only().orElseThrow(() -> new AssertionError("not one image in " + name)),
              back.repository(BUSY),
              Set.of(V1));
    }
    ImageConfig before = config(client.registry(registry.host()).repository(BUSY));
    ImageConfig after = config(back.repository(BUSY));
    assertThat(after.diffIds()).as(name).isNotEmpty().isEqualTo(before.diffIds());
    assertThat(after.command()).as(name).isEqualTo(before.command());
  }

  /** Podman writes it anew when it goes from one form to another, so the bytes may differ. */
  private static ImageConfig config(Repository repository) {
    return Image.from(repository, V1, new Platform("linux", "amd64")).config();
  }

  @Override
  public void close() throws IOException {
    client.close();
    registry.close();
  }
}
