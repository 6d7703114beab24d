package io.registrykit.client.layout;

import io.registrykit.BatchedWrites;
import io.registrykit.RegistryPolicy;
import io.registrykit.Repository;
import io.registrykit.error.ErrorCode;
import io.registrykit.error.InvalidContentException;
import io.registrykit.error.NotFoundException;
import io.registrykit.manifest.ContentReference;
import io.registrykit.manifest.ManifestParser;
import io.registrykit.model.Bytes;
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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The images of an OCI image layout as a repository: a folder, what skopeo calls {@code oci:}, or a
 * part of an {@link ImageArchive}. Safe for use by any number of threads of one object; two
 * objects, or two processes, must not write to one folder at once.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/v1.1.1/image-layout.md">OCI
 *     image-spec, image layout</a>
 */
public final class OciLayout implements Repository, BatchedWrites {
  private static final RepositoryName NAME = new RepositoryName("layout");
  private static final RegistryPolicy POLICY = RegistryPolicy.strict();
  private static final ManifestParser PARSER = new ManifestParser(POLICY);

  private final LayoutFiles files;
  private final LayoutNames names;
  private final ReentrantLock lock;
  private volatile @Nullable LayoutView view;
  private volatile @Nullable LayoutReferrers referrers;

  /**
   * A layout whose images have tags and no further names.
   *
   * @param folder the folder, which the first push makes when it does not exist
   */
  public OciLayout(Path folder) {
    this(new FolderFiles(folder), LayoutNames.BARE, new ReentrantLock());
  }

  /**
   * Those images of some files that have names of one kind; who shares the files shares the lock.
   */
  OciLayout(LayoutFiles files, LayoutNames names, ReentrantLock lock) {
    this.files = files;
    this.names = names;
    this.lock = lock;
  }

  private LayoutIndex index() {
    return FileCall.get(files::readIndex).orElseGet(LayoutIndex::empty);
  }

  private LayoutView view() {
    LayoutIndex index = index();
    LayoutView current = view;
    if (current == null || !current.index().equals(index)) {
      current = LayoutView.of(index, names);
      view = current;
    }
    return current;
  }

  @Override
  public RepositoryName name() {
    return names.repository() == null ? NAME : names.repository();
  }

  @Override
  public boolean exists() {
    return names.repository() == null
        ? FileCall.get(files::readIndex).isPresent()
        : index().repositories().contains(names.repository());
  }

  @Override
  public Optional<RawManifest> manifest(Reference reference) {
    Optional<Descriptor> entry = entry(reference);
    Optional<Digest> digest =
        reference instanceof Digest own ? Optional.of(own) : entry.map(Descriptor::digest);
    Optional<Bytes> content =
        digest.flatMap(one -> FileCall.get(() -> files.read(one, POLICY.maxManifestBytes())));
    if (content.isEmpty()) {
      return Optional.empty();
    }
    Optional<MediaType> type =
        entry.map(Descriptor::mediaType).or(() -> PARSER.mediaTypeOf(content.get()));
    return type.map(known -> raw(known, digest.orElseThrow(), content.get()));
  }

  private Optional<Descriptor> entry(Reference reference) {
    return reference instanceof Tag tag ? view().find(tag) : view().find((Digest) reference);
  }

  private static RawManifest raw(MediaType type, Digest digest, Bytes content) {
    try {
      return new RawManifest(type, digest, content);
    } catch (IllegalArgumentException e) {
      InvalidContentException damaged =
          new InvalidContentException(
              ErrorCode.DIGEST_INVALID,
              "a file of the layout is damaged",
              Map.of("digest", digest.toString()));
      damaged.addSuppressed(e);
      throw damaged;
    }
  }

  @Override
  public Optional<Descriptor> describe(Reference reference) {
    return manifest(reference).map(OciLayout::describe);
  }

  private static Descriptor describe(RawManifest raw) {
    return new Descriptor(raw.mediaType(), raw.digest(), raw.content().length());
  }

  @Override
  public Optional<BlobContent> blob(Digest digest) {
    return FileCall.get(() -> files.open(digest));
  }

  @Override
  public OptionalLong blobSize(Digest digest) {
    return FileCall.get(() -> files.size(digest));
  }

  @Override
  public Page<Tag> tags(PageRequest page) {
    return page(List.copyOf(view().tags().keySet()), page);
  }

  private static <T> Page<T> page(List<T> sorted, PageRequest page) {
    List<T> rest = new ArrayList<>(sorted);
    String after = page.after();
    rest.removeIf(one -> after != null && wire(one).compareTo(after) <= 0);
    boolean more = rest.size() > page.limit();
    List<T> items = rest.subList(0, Math.min(rest.size(), page.limit()));
    return new Page<>(items, more ? wire(items.get(items.size() - 1)) : null);
  }

  private static String wire(Object item) {
    return item instanceof Descriptor descriptor ? descriptor.digest().toString() : item.toString();
  }

  @Override
  public Page<Descriptor> referrers(
      Digest subject, @Nullable MediaType artifactType, PageRequest page) {
    List<Descriptor> found = new ArrayList<>(referrers().to(subject));
    found.removeIf(one -> artifactType != null && !artifactType.equals(one.artifactType()));
    return page(found, page);
  }

  private LayoutReferrers referrers() {
    LayoutView current = view();
    LayoutReferrers known = referrers;
    if (known == null || !known.view().equals(current)) {
      known = LayoutReferrers.of(current, PARSER, this::manifest);
      referrers = known;
    }
    return known;
  }

  @Override
  public Descriptor pushManifest(RawManifest manifest, Set<Tag> tags) {
    Set<Digest> parts = new HashSet<>();
    for (ContentReference part : PARSER.parse(manifest).manifests()) {
      part.digest().ifPresent(parts::add);
    }
    lock.lock();
    try {
      FileCall.run(() -> files.writeManifest(manifest));
      writeIndex(index().with(names, describe(manifest), tags, parts));
    } finally {
      lock.unlock();
    }
    return describe(manifest);
  }

  /** Lets many pushes in a row write the index a few times alone. */
  @Override
  public Batch beginBatch() {
    return batch(files, lock);
  }

  static Batch batch(LayoutFiles files, ReentrantLock lock) {
    files.beginBatch();
    return () -> {
      lock.lock();
      try {
        FileCall.run(files::endBatch);
      } finally {
        lock.unlock();
      }
    };
  }

  private void writeIndex(LayoutIndex changed) {
    FileCall.run(() -> files.writeIndex(changed));
  }

  @Override
  public Descriptor pushBlob(Digest expected, InputStream content) {
    return pushBlob(expected, BlobSource.of(content));
  }

  @Override
  public Descriptor pushBlob(BlobContent content) {
    return pushBlob(content.digest(), BlobSource.of(content));
  }

  private Descriptor pushBlob(Digest expected, BlobSource content) {
    OptionalLong known = blobSize(expected);
    long size =
        known.isPresent() ? known.getAsLong() : FileCall.get(() -> files.write(expected, content));
    return new Descriptor(MediaType.OCTET_STREAM, expected, size);
  }

  @Override
  public boolean mountBlob(Digest digest, RepositoryName from) {
    return false;
  }

  @Override
  public void deleteManifest(Digest digest) {
    lock.lock();
    try {
      writeIndex(index().without(names, digest));
      deleteBlob(digest);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void deleteTag(Tag tag) {
    lock.lock();
    try {
      if (view().find(tag).isEmpty()) {
        throw new NotFoundException(ErrorCode.MANIFEST_UNKNOWN, "the layout has no such tag");
      }
      writeIndex(index().without(names, tag));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void deleteBlob(Digest digest) {
    lock.lock();
    try {
      if (!FileCall.get(() -> files.delete(digest))) {
        throw new NotFoundException(ErrorCode.BLOB_UNKNOWN, "the layout has no such blob");
      }
    } finally {
      lock.unlock();
    }
  }
}
