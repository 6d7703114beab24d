package io.registrykit.client;

import io.registrykit.RegistryPolicy;
import io.registrykit.Repository;
import io.registrykit.RepositoryReader;
import io.registrykit.client.internal.endpoint.BlobEndpoints;
import io.registrykit.client.internal.endpoint.Context;
import io.registrykit.client.internal.endpoint.ListEndpoints;
import io.registrykit.client.internal.endpoint.ManifestEndpoints;
import io.registrykit.client.internal.endpoint.ReferrerEndpoints;
import io.registrykit.client.internal.endpoint.UploadEndpoint;
import io.registrykit.client.internal.upload.ContentSource;
import io.registrykit.client.internal.upload.StreamSource;
import io.registrykit.manifest.ContentReference;
import io.registrykit.manifest.ManifestParser;
import io.registrykit.model.Descriptor;
import io.registrykit.model.Digest;
import io.registrykit.model.MediaType;
import io.registrykit.model.Page;
import io.registrykit.model.PageRequest;
import io.registrykit.model.RawManifest;
import io.registrykit.model.Reference;
import io.registrykit.model.RepositoryName;
import io.registrykit.model.Tag;
import io.registrykit.spi.store.BlobContent;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A repository on a registry far away. Safe for use by any number of threads.
 *
 * <p>What is read is checked against its digest; what is written survives lost replies and broken
 * connections. When the network fails for good, calls throw {@link
 * io.registrykit.error.BackendException} with the code {@code UNAVAILABLE}.
 */
public final class RemoteRepository implements Repository {
  private static final ManifestParser PARSER = new ManifestParser(RegistryPolicy.strict());

  private final RemoteRegistry registry;
  private final Context context;

  RemoteRepository(RemoteRegistry registry, Context context) {
    this.registry = registry;
    this.context = context;
  }

  /**
   * The same repository with other options for its calls.
   *
   * @param options a deadline, a way to cancel, a listener
   * @return a view
   */
  public RemoteRepository with(CallOptions options) {
    return new RemoteRepository(
        registry, new Context(context.transport(), context.repository(), options));
  }

  /**
   * The registry.
   *
   * @return the registry that this was got from
   */
  public RemoteRegistry registry() {
    return registry;
  }

  @Override
  public RepositoryName name() {
    return context.repository();
  }

  @Override
  public boolean isBeside(RepositoryReader other) {
    return other instanceof RemoteRepository that && that.registry == registry;
  }

  @Override
  public boolean exists() {
    return ListEndpoints.exists(context);
  }

  @Override
  public Optional<RawManifest> manifest(Reference reference) {
    return registry.reading(context, mirror -> new ManifestEndpoints(mirror).get(reference));
  }

  @Override
  public Optional<Descriptor> describe(Reference reference) {
    return registry.reading(context, mirror -> new ManifestEndpoints(mirror).head(reference));
  }

  @Override
  public Optional<BlobContent> blob(Digest digest) {
    return registry.reading(context, mirror -> new BlobEndpoints(mirror).open(digest));
  }

  @Override
  public OptionalLong blobSize(Digest digest) {
    return new BlobEndpoints(context).size(digest);
  }

  @Override
  public Page<Tag> tags(PageRequest page) {
    return ListEndpoints.tags(context, page);
  }

  @Override
  public Page<Descriptor> referrers(
      Digest subject, @Nullable MediaType artifactType, PageRequest page) {
    return new ReferrerEndpoints(context).list(subject, artifactType, page);
  }

  /**
   * Stores a manifest and points tags to it. Several tags are set at once where the registry can do
   * that, else one after the other. At a registry that does not list referrers, the tag that lists
   * them is kept.
   */
  @Override
  public Descriptor pushManifest(RawManifest manifest, Set<Tag> tags) {
    boolean noted = new ManifestEndpoints(context).put(manifest, tags);
    if (!noted) {
      subject(manifest)
          .ifPresent(
              subject ->
                  new ReferrerEndpoints(context).note(manifest, subject, registry.listTurns()));
    }
    return new Descriptor(manifest.mediaType(), manifest.digest(), manifest.content().length());
  }

  private static Optional<Digest> subject(RawManifest manifest) {
    boolean oci =
        manifest.mediaType().equals(MediaType.OCI_MANIFEST)
            || manifest.mediaType().equals(MediaType.OCI_INDEX);
    ContentReference subject = oci ? PARSER.parse(manifest).subject() : null;
    return subject == null ? Optional.empty() : subject.digest();
  }

  /**
   * Stores a blob from a stream that is read once. One piece at a time is held in memory, so that
   * it can be sent again; when the registry loses the whole upload, this fails, and {@link
   * #pushBlob(BlobContent)} would not.
   */
  @Override
  public Descriptor pushBlob(Digest expected, InputStream content) {
    return uploads().push(new StreamSource(expected, content), null);
  }

  @Override
  public Descriptor pushBlob(BlobContent content) {
    return uploads().push(new ContentSource(content), null);
  }

  /**
   * Stores a blob, and has it mounted instead of sent when another repository has it.
   *
   * @param content the blob, not closed
   * @param mountFrom a repository of the same registry that may have it
   * @return the digest and the size, with the media type {@code application/octet-stream}
   */
  public Descriptor pushBlob(BlobContent content, RepositoryName mountFrom) {
    return uploads().push(new ContentSource(content), mountFrom);
  }

  private UploadEndpoint uploads() {
    return registry.uploads(context);
  }

  @Override
  public boolean mountBlob(Digest digest, RepositoryName from) {
    return new BlobEndpoints(context).mount(digest, from);
  }

  @Override
  public void deleteManifest(Digest digest) {
    new ManifestEndpoints(context).delete(digest);
  }

  @Override
  public void deleteTag(Tag tag) {
    new ManifestEndpoints(context).delete(tag);
  }

  @Override
  public void deleteBlob(Digest digest) {
    new BlobEndpoints(context).delete(digest);
  }

  @Override
  public String toString() {
    return registry + "/" + context.repository();
  }
}
