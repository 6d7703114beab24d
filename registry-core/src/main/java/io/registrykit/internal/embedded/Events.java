package io.registrykit.internal.embedded;

import io.registrykit.model.Descriptor;
import io.registrykit.model.Digest;
import io.registrykit.model.RepositoryName;
import io.registrykit.model.Tag;
import io.registrykit.spi.event.EventSink;
import io.registrykit.spi.event.RegistryEvent;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/** Tells what happened in one repository, once it was committed. Thread-safe. */
public final class Events {
  private static final System.Logger LOG = System.getLogger(Events.class.getName());

  private final RegistryContext context;
  private final RepositoryName name;

  Events(RegistryContext context, RepositoryName name) {
    this.context = context;
    this.name = name;
  }

  void manifestPushed(Instant at, Descriptor manifest, Set<Tag> tags) {
    tell(new RegistryEvent.ManifestPushed(id(), at, context.actor(), name, manifest, tags));
  }

  void manifestDeleted(Instant at, Digest digest, Set<Tag> tags) {
    tell(new RegistryEvent.ManifestDeleted(id(), at, context.actor(), name, digest, tags));
  }

  void tagDeleted(Instant at, Tag tag) {
    tell(new RegistryEvent.TagDeleted(id(), at, context.actor(), name, tag));
  }

  void repositoryDeleted(Instant at) {
    tell(new RegistryEvent.RepositoryDeleted(id(), at, context.actor(), name));
  }

  void blobMounted(Instant at, Digest digest, RepositoryName from) {
    tell(new RegistryEvent.BlobMounted(id(), at, context.actor(), name, digest, from));
  }

  private static String id() {
    return UUID.randomUUID().toString();
  }

  private void tell(RegistryEvent event) {
    tell(context.events(), event);
  }

  /**
   * Tells of an event. The commit is made and stays: a sink that fails is a loss for the sink
   * alone, and is logged.
   *
   * @param sink who hears it
   * @param event the fact
   */
  @SuppressWarnings("CatchingUnchecked")
  public static void tell(EventSink sink, RegistryEvent event) {
    try {
      sink.accept(event);
    } catch (Exception e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      LOG.log(
          Level.WARNING,
          () -> "event " + event.id() + " (" + event.getClass().getSimpleName() + ") was not taken",
          e);
    }
  }
}
