package io.registrykit.store.fs.internal.codec;

import io.registrykit.model.Digest;
import io.registrykit.model.Tag;
import io.registrykit.spi.store.Attributes;
import io.registrykit.spi.store.BlobLink;
import io.registrykit.spi.store.EventRecord;
import io.registrykit.spi.store.ManifestRecord;
import io.registrykit.spi.store.TagRecord;
import java.time.Instant;

/**
 * One fact about a repository that became true or ceased to be. A commit is a list of rows, and so
 * is a snapshot; carrying rows out twice is the same as once. Immutable.
 */
public sealed interface Row {

  /** The repository is there, with these times and locks. */
  record RepositoryPut(Instant createdAt, Instant updatedAt, Attributes attributes)
      implements Row {}

  /** The repository is gone, and all in it but its events. */
  record RepositoryGone() implements Row {}

  /** The repository has a blob. */
  record LinkPut(BlobLink link) implements Row {}

  /** The repository has a blob no more. */
  record LinkGone(Digest digest) implements Row {}

  /** The repository has a manifest. */
  record ManifestPut(ManifestRecord record) implements Row {}

  /** The repository has a manifest no more. */
  record ManifestGone(Digest digest) implements Row {}

  /** The repository has a tag. */
  record TagPut(TagRecord record) implements Row {}

  /** The repository has a tag no more. */
  record TagGone(Tag tag) implements Row {}

  /** An event waits. */
  record EventPut(EventRecord event) implements Row {}

  /** An event waits no more. */
  record EventGone(String id) implements Row {}
}
