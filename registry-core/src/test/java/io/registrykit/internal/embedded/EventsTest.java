package io.registrykit.internal.embedded;

import static io.registrykit.internal.embedded.TestRegistry.digest;
import static io.registrykit.internal.embedded.TestRegistry.pushBlob;
import static io.registrykit.internal.embedded.TestRegistry.pushImage;
import static io.registrykit.internal.embedded.TestRegistry.tags;
import static org.assertj.core.api.Assertions.assertThat;

import io.registrykit.EmbeddedRegistry;
import io.registrykit.EmbeddedRepository;
import io.registrykit.model.Digest;
import io.registrykit.model.RepositoryName;
import io.registrykit.model.Tag;
import io.registrykit.spi.auth.Principal;
import io.registrykit.spi.event.RegistryEvent;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventsTest {
  private static final RepositoryName NAME = RepositoryName.parse("team/app");

  private final TestRegistry setup = new TestRegistry();
  private final Principal alice = new Principal("alice");
  private final EmbeddedRepository repository = setup.registry.actingAs(alice).repository(NAME);

  @Test
  void eachFactIsToldOnceAndInOrder() {
    pushBlob(setup.repository("source"), "config");
    repository.mountBlob(digest("config"), RepositoryName.parse("source"));
    Digest image = pushImage(repository, List.of("config"), "v1", "v2", "v3");
    repository.deleteTag(new Tag("v1"));
    repository.deleteManifest(image);
    repository.delete();

    assertThat(setup.events)
        .extracting(event -> event.getClass().getSimpleName())
        .containsExactly(
            "BlobMounted", "ManifestPushed", "TagDeleted", "ManifestDeleted", "RepositoryDeleted");
    assertThat(setup.events)
        .allSatisfy(
            event -> {
              assertThat(event.actor()).isEqualTo(alice);
              assertThat(event.repository()).isEqualTo(NAME);
              assertThat(event.time()).isEqualTo(setup.clock.instant());
            })
        .extracting(RegistryEvent::id)
        .doesNotHaveDuplicates();
    RegistryEvent.ManifestPushed pushed = (RegistryEvent.ManifestPushed) setup.events.get(1);
    assertThat(pushed.manifest().digest()).isEqualTo(image);
    assertThat(pushed.tags()).isEqualTo(tags("v1", "v2", "v3"));
    RegistryEvent.ManifestDeleted deleted = (RegistryEvent.ManifestDeleted) setup.events.get(3);
    assertThat(deleted.tags()).isEqualTo(tags("v2", "v3"));
  }

  @Test
  void whatWasRefusedIsNotTold() {
    assertThat(repository.mountBlob(digest("absent"), RepositoryName.parse("source"))).isFalse();
    try {
      repository.deleteTag(new Tag("absent"));
    } catch (io.registrykit.error.NotFoundException expected) {
      assertThat(expected).hasMessageContaining("MANIFEST_UNKNOWN");
    }

    assertThat(setup.events).isEmpty();
  }

  @Test
  void sinkThatFailsDoesNotFailThePush() {
    EmbeddedRegistry deaf =
        EmbeddedRegistry.builder()
            .store(setup.store)
            .clock(setup.clock)
            .events(
                event -> {
                  throw new java.io.IOException("no ear");
                })
            .build();

    Digest image = pushImage(deaf.repository(NAME), List.of("config"), "v1");

    assertThat(repository.describe(new Tag("v1")).orElseThrow().digest()).isEqualTo(image);
  }
}
