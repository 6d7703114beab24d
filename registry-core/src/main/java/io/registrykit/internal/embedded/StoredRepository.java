package io.registrykit.internal.embedded;

import io.registrykit.DeletedContent;
import io.registrykit.EmbeddedRepository;
import io.registrykit.RepositoryReader;
import io.registrykit.error.ErrorCode;
import io.registrykit.error.NotFoundException;
import io.registrykit.error.RegistryException;
import io.registrykit.model.Descriptor;
import io.registrykit.model.Digest;
import io.registrykit.model.DigestAlgorithm;
import io.registrykit.model.MediaType;
import io.registrykit.model.Page;
import io.registrykit.model.PageRequest;
import io.registrykit.model.RawManifest;
import io.registrykit.model.Reference;
import io.registrykit.model.RepositoryName;
import io.registrykit.model.Tag;
import io.registrykit.spi.store.Attributes;
import io.registrykit.spi.store.BlobContent;
import io.registrykit.spi.store.BlobUpload;
import io.registrykit.spi.store.Change;
import io.registrykit.spi.store.CommitResult.Applied;
import io.registrykit.spi.store.CommitResult.Rejected;
import io.registrykit.spi.store.ManifestRecord;
import io.registrykit.spi.store.Rejection;
import io.registrykit.spi.store.RepositoryRecord;
import io.registrykit.spi.store.StoredManifest;
import io.registrykit.spi.store.TagRecord;
import io.registrykit.spi.store.UploadId;
import io.registrykit.spi.store.UploadStatus;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A repository over a store: each call goes to the rules that it falls under. Thread-safe. */
public final class StoredRepository implements EmbeddedRepository {
  private final RegistryContext context;
  private final RepositoryName name;

  /**
   * A view of a repository, whether it exists or not.
   *
   * @param context the registry
   * @param name its name
   */
  public StoredRepository(RegistryContext context, RepositoryName name) {
    this.context = context;
    this.name = name;
  }

  // Made when they are needed: a view lives for one request, which needs one of them.

  private ManifestReads reads() {
    return new ManifestReads(context, name);
  }

  private ManifestRules manifests() {
    return new ManifestRules(context, name);
  }

  private BlobRules blobs() {
    return new BlobRules(context, name);
  }

  private Uploads uploads() {
    return new Uploads(context, name);
  }

  private Inventory inventory() {
    return new Inventory(context, name);
  }

  @Override
  public RepositoryName name() {
    return name;
  }

  @Override
  public boolean isBeside(RepositoryReader other) {
    return other instanceof StoredRepository that && that.context.store() == context.store();
  }

  @Override
  public boolean exists() {
    return StoreCall.run(() -> context.store().repositories().repository(name)).isPresent();
  }

  @Override
  public Optional<RawManifest> manifest(Reference reference) {
    return StoreCall.run(() -> reads().read(reference)).map(StoredManifest::raw);
  }

  @Override
  public Optional<Descriptor> describe(Reference reference) {
    return StoreCall.run(() -> reads().read(reference))
        .map(StoredManifest::raw)
        .map(raw -> new Descriptor(raw.mediaType(), raw.digest(), raw.content().length()));
  }

  @Override
  public Optional<BlobContent> blob(Digest digest) {
    return StoreCall.run(() -> blobs().open(digest));
  }

  @Override
  public OptionalLong blobSize(Digest digest) {
    return StoreCall.run(() -> blobs().size(digest));
  }

  @Override
  public Page<Tag> tags(PageRequest page) {
    return StoreCall.run(() -> reads().tags(page));
  }

  @Override
  public Page<Descriptor> referrers(
      Digest subject, @Nullable MediaType artifactType, PageRequest page) {
    return StoreCall.run(() -> reads().referrers(subject, artifactType, page));
  }

  @Override
  public Descriptor pushManifest(RawManifest manifest, Set<Tag> tags) {
    return StoreCall.run(() -> manifests().push(manifest, Set.copyOf(tags)));
  }

  @Override
  public Descriptor pushBlob(Digest expected, InputStream content) {
    return StoreCall.run(() -> blobs().push(expected, content));
  }

  @Override
  public boolean mountBlob(Digest digest, RepositoryName from) {
    return StoreCall.run(() -> blobs().mount(digest, from));
  }

  @Override
  public BlobUpload startUpload(DigestAlgorithm algorithm) {
    return StoreCall.run(() -> uploads().start(algorithm));
  }

  @Override
  public BlobUpload resumeUpload(UploadId id) {
    return StoreCall.run(() -> uploads().resume(id));
  }

  @Override
  public UploadStatus uploadStatus(UploadId id) {
    return StoreCall.run(() -> uploads().status(id));
  }

  @Override
  public Descriptor finishUpload(BlobUpload upload, Digest expected) {
    return StoreCall.run(() -> uploads().finish(upload, expected));
  }

  @Override
  public void deleteManifest(Digest digest) {
    run(() -> manifests().delete(digest));
  }

  @Override
  public void deleteTag(Tag tag) {
    run(() -> manifests().delete(tag));
  }

  @Override
  public void deleteBlob(Digest digest) {
    run(() -> blobs().delete(digest));
  }

  @Override
  public DeletedContent delete() {
    Instant now = context.clock().instant();
    Applied applied =
        StoreCall.run(
            () ->
                new Commits(context, name)
                    .commit(
                        now,
                        List.of(
                            new Change.RequireUnlocked(null, Attributes.Use.DELETE),
                            new Change.DeleteRepository()),
                        this::notFound));
    new Events(context, name).repositoryDeleted(now);
    return new DeletedContent(applied.deletedManifests(), applied.deletedTags().keySet());
  }

  @Override
  public Optional<RepositoryRecord> record() {
    return inventory().record();
  }

  @Override
  public OptionalLong version() {
    return inventory().version();
  }

  @Override
  public Optional<TagRecord> tagRecord(Tag tag) {
    return inventory().tagRecord(tag);
  }

  @Override
  public Optional<StoredManifest> storedManifest(Digest digest) {
    return inventory().storedManifest(digest);
  }

  @Override
  public Page<TagRecord> tagRecords(PageRequest page) {
    return inventory().tagRecords(page);
  }

  @Override
  public Page<ManifestRecord> manifestRecords(PageRequest page) {
    return inventory().manifestRecords(page);
  }

  @Override
  public List<Tag> tagsOf(Digest digest) {
    return inventory().tagsOf(digest);
  }

  @Override
  public void changeAttributes(@Nullable Reference target, UnaryOperator<Attributes> change) {
    inventory().changeAttributes(target, change);
  }

  private RegistryException notFound(Rejected rejected) {
    return rejected.reason() == Rejection.NOT_FOUND
        ? new NotFoundException(
            ErrorCode.NAME_UNKNOWN,
            ErrorCode.NAME_UNKNOWN.defaultMessage(),
            Map.of("name", name.value()))
        : Commits.unexpected(rejected);
  }

  /** A call of the store that returns nothing. */
  private interface Action {
    void run() throws IOException;
  }

  private static void run(Action action) {
    StoreCall.run(
        () -> {
          action.run();
          return Boolean.TRUE;
        });
  }
}
