package io.registrykit.internal.embedded;

import io.registrykit.RepositoryInventory;
import io.registrykit.error.ErrorCode;
import io.registrykit.error.NotFoundException;
import io.registrykit.error.RegistryException;
import io.registrykit.model.Digest;
import io.registrykit.model.Page;
import io.registrykit.model.PageRequest;
import io.registrykit.model.Reference;
import io.registrykit.model.RepositoryName;
import io.registrykit.model.Tag;
import io.registrykit.spi.store.Attributes;
import io.registrykit.spi.store.Change;
import io.registrykit.spi.store.CommitResult.Rejected;
import io.registrykit.spi.store.ManifestRecord;
import io.registrykit.spi.store.Rejection;
import io.registrykit.spi.store.RepositoryRecord;
import io.registrykit.spi.store.RepositoryStore;
import io.registrykit.spi.store.StoredManifest;
import io.registrykit.spi.store.TagRecord;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What a store knows of one repository. Thread-safe. */
final class Inventory implements RepositoryInventory {
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
    Attributes before = attributes(target).orElseThrow(() -> unknown(target));
    Attributes after = change.apply(before);
    if (after.equals(before)) {
      return;
    }
    StoreCall.run(
        () ->
            new Commits(context, name)
                .commit(
                    context.clock().instant(),
                    List.of(new Change.SetAttributes(target, after)),
                    rejected -> refused(rejected, target)));
  }

  private Optional<Attributes> attributes(@Nullable Reference target) {
    if (target == null) {
      return record().map(RepositoryRecord::attributes);
    }
    return target instanceof Tag tag
        ? tagRecord(tag).map(TagRecord::attributes)
        : storedManifest((Digest) target).map(manifest -> manifest.record().attributes());
  }

  private RegistryException refused(Rejected rejected, @Nullable Reference target) {
    return rejected.reason() == Rejection.NOT_FOUND
        ? unknown(target)
        : Commits.unexpected(rejected);
  }

  private NotFoundException unknown(@Nullable Reference target) {
    ErrorCode code = target == null ? ErrorCode.NAME_UNKNOWN : ErrorCode.MANIFEST_UNKNOWN;
    return new NotFoundException(
        code,
        code.defaultMessage(),
        target == null ? Map.of("name", name.value()) : Map.of("reference", target.toString()));
  }
}
