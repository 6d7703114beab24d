package io.registrykit.internal.embedded;

import io.registrykit.RepositoryInventory;
import io.registrykit.error.ConflictException;
import io.registrykit.error.ErrorCode;
import io.registrykit.error.ErrorInfo;
import io.registrykit.error.NotFoundException;
import io.registrykit.model.Digest;
import io.registrykit.model.Page;
import io.registrykit.model.PageRequest;
import io.registrykit.model.Reference;
import io.registrykit.model.RepositoryName;
import io.registrykit.model.Tag;
import io.registrykit.spi.store.Attributes;
import io.registrykit.spi.store.Change;
import io.registrykit.spi.store.CommitResult;
import io.registrykit.spi.store.CommitResult.Rejected;
import io.registrykit.spi.store.ManifestRecord;
import io.registrykit.spi.store.RepositoryRecord;
import io.registrykit.spi.store.RepositoryStore;
import io.registrykit.spi.store.StoredManifest;
import io.registrykit.spi.store.TagRecord;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What a store knows of one repository. Thread-safe. */
final class Inventory implements RepositoryInventory {
  private static final int CONFLICT = 409;

  /** More than so many changes to one thing at once are nobody's habit. */
  private static final int MAX_TRIES = 100;

  private final RegistryContext context;
  private final RepositoryName name;

  Inventory(RegistryContext context, RepositoryName name) {
    this.context = context;
    this.name = name;
  }

  private RepositoryStore names() {
    return context.store().repositories();
  }

  @Override
  public Optional<RepositoryRecord> record() {
    return StoreCall.run(() -> names().repository(name));
  }

  @Override
  public OptionalLong version() {
    return StoreCall.run(() -> names().version(name));
  }

  @Override
  public Optional<TagRecord> tagRecord(Tag tag) {
    return StoreCall.run(() -> names().tag(name, tag));
  }

  @Override
  public Optional<StoredManifest> storedManifest(Digest digest) {
    return StoreCall.run(() -> names().manifest(name, digest));
  }

  @Override
  public Page<TagRecord> tagRecords(PageRequest page) {
    return StoreCall.run(
        () ->
            FilteredPages.read(
                page,
                request -> names().tags(name, request),
                record -> record.attributes().allows(Attributes.Use.LIST),
                Function.identity()));
  }

  @Override
  public Page<ManifestRecord> manifestRecords(PageRequest page) {
    return StoreCall.run(
        () ->
            FilteredPages.read(
                page,
                request -> names().manifests(name, request),
                record -> record.attributes().allows(Attributes.Use.LIST),
                Function.identity()));
  }

  @Override
  public List<Tag> tagsOf(Digest digest) {
    return StoreCall.run(() -> names().tagsOf(name, digest));
  }

  @Override
  public void changeAttributes(@Nullable Reference target, UnaryOperator<Attributes> change) {
    for (int i = 0; i < MAX_TRIES; i++) {
      Attributes before = attributes(target).orElseThrow(() -> unknown(target));
      Attributes after = change.apply(before);
      if (after.equals(before) || StoreCall.run(() -> replaced(target, before, after))) {
        return;
      }
    }
    throw new ConflictException(
        CONFLICT,
        List.of(
            new ErrorInfo(
                ErrorCode.UNSUPPORTED, "the attributes change too often: try again", Map.of())));
  }

  /** Changes the locks, or says that somebody else has changed them meanwhile. */
  private boolean replaced(@Nullable Reference target, Attributes before, Attributes after)
      throws IOException {
    CommitResult result =
        names()
            .commit(
                name,
                context.clock().instant(),
                List.of(new Change.SetAttributes(target, after, before)));
    if (!(result instanceof Rejected rejected)) {
      return true;
    }
    return switch (rejected.reason()) {
      case ATTRIBUTES_CONFLICT -> false;
      case NOT_FOUND -> throw unknown(target);
      default -> throw Commits.unexpected(rejected);
    };
  }

  private Optional<Attributes> attributes(@Nullable Reference target) {
    if (target == null) {
      return record().map(RepositoryRecord::attributes);
    }
    return target instanceof Tag tag
        ? tagRecord(tag).map(TagRecord::attributes)
        : storedManifest((Digest) target).map(manifest -> manifest.record().attributes());
  }

  private NotFoundException unknown(@Nullable Reference target) {
    ErrorCode code = target == null ? ErrorCode.NAME_UNKNOWN : ErrorCode.MANIFEST_UNKNOWN;
    return new NotFoundException(
        code,
        code.defaultMessage(),
        target == null ? Map.of("name", name.value()) : Map.of("reference", target.toString()));
  }
}
