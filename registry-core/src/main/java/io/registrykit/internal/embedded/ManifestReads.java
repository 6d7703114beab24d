package io.registrykit.internal.embedded;

import io.registrykit.model.Descriptor;
import io.registrykit.model.Digest;
import io.registrykit.model.MediaType;
import io.registrykit.model.Page;
import io.registrykit.model.PageRequest;
import io.registrykit.model.Reference;
import io.registrykit.model.RepositoryName;
import io.registrykit.model.Tag;
import io.registrykit.spi.store.Attributes;
import io.registrykit.spi.store.ManifestRecord;
import io.registrykit.spi.store.RepositoryStore;
import io.registrykit.spi.store.StoredManifest;
import io.registrykit.spi.store.TagRecord;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rules of reading and listing manifests and tags of one repository. Thread-safe. */
final class ManifestReads {
  /** How often a tag is read again when the manifest it pointed to went meanwhile. */
  private static final int MAX_TRIES = 4;

  private final RegistryContext context;
  private final RepositoryName name;
  private final Commits commits;

  ManifestReads(RegistryContext context, RepositoryName name) {
    this.context = context;
    this.name = name;
    this.commits = new Commits(context, name);
  }

  private RepositoryStore names() {
    return context.store().repositories();
  }

  Optional<StoredManifest> read(Reference reference) throws IOException {
    commits.requireUnlocked(Attributes.Use.READ);
    return reference instanceof Digest digest ? read(digest) : read((Tag) reference);
  }

  private Optional<StoredManifest> read(Tag tag) throws IOException {
    for (int i = 0; i < MAX_TRIES; i++) {
      Optional<TagRecord> found = names().tag(name, tag);
      if (found.isEmpty()) {
        return Optional.empty();
      }
      requireReadable(tag, found.get().attributes());
      Optional<StoredManifest> manifest = read(found.get().target());
      if (manifest.isPresent()) {
        return manifest;
      }
    }
    return Optional.empty();
  }

  private Optional<StoredManifest> read(Digest digest) throws IOException {
    Optional<StoredManifest> found = names().manifest(name, digest);
    if (found.isPresent()) {
      requireReadable(digest, found.get().record().attributes());
    }
    return found;
  }

  private void requireReadable(Reference target, Attributes attributes) {
    if (!attributes.allows(Attributes.Use.READ)) {
      throw commits.locked(target, Attributes.Use.READ);
    }
  }

  Page<Tag> tags(PageRequest page) throws IOException {
    return FilteredPages.read(
        limited(page),
        request -> names().tags(name, request),
        tag -> tag.attributes().allows(Attributes.Use.LIST),
        TagRecord::tag);
  }

  Page<Descriptor> referrers(Digest subject, @Nullable MediaType artifactType, PageRequest page)
      throws IOException {
    return FilteredPages.read(
        limited(page),
        request -> names().referrers(name, subject, request),
        record ->
            record.attributes().allows(Attributes.Use.LIST)
                && (artifactType == null
                    || artifactType.equals(record.descriptor().artifactType())),
        ManifestRecord::descriptor);
  }

  private PageRequest limited(PageRequest page) {
    int most = context.policy().maxPageEntries();
    return page.limit() <= most ? page : new PageRequest(most, page.after());
  }
}
