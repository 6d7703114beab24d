package io.registrykit.client.layout;

import io.registrykit.RegistryPolicy;
import io.registrykit.Repository;
import io.registrykit.error.BackendException;
import io.registrykit.error.ErrorCode;
import io.registrykit.error.InvalidContentException;
import io.registrykit.error.NotFoundException;
import io.registrykit.manifest.ContentReference;
import io.registrykit.manifest.Manifest;
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
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A folder in the OCI image layout as a repository: what skopeo calls {@code oci:}. Safe for use by
 * any number of threads of one object; two objects, or two processes, must not write to one folder
 * at once.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/v1.1.1/image-layout.md">OCI
 *     image-spec, image layout</a>
 */
public final class OciLayout implements Repository {
  private static final RepositoryName NAME = new RepositoryName("layout");
  private static final RegistryPolicy POLICY = RegistryPolicy.strict();
  private static final ManifestParser PARSER = new ManifestParser(POLICY);

  private final LayoutFiles files;
  private final ReentrantLock lock = new ReentrantLock();

  /**
   * A layout.
   *
   * @param folder the folder, which the first push makes when it does not exist
   */
  public OciLayout(Path folder) {
    this.files = new LayoutFiles(folder);
  }

  private interface FileCall<T> {
    T run() throws IOException;
  }

  private static <T> T call(FileCall<T> call) {
    try {
      return call.run();
    } catch (IOException e) {
      throw new BackendException(
          ErrorCode.UNAVAILABLE, "the layout cannot be used: " + e.getMessage(), e);
    }
  }

  private LayoutIndex index() {
    return call(files::readIndex).orElse(new LayoutIndex(List.of()));
  }

  @Override
  public RepositoryName name() {
    return NAME;
  }

  @Override
  public boolean exists() {
    return call(files::readIndex).isPresent();
  }

  @Override
  public Optional<RawManifest> manifest(Reference reference) {
    Optional<Descriptor> entry = entry(reference);
    Optional<Digest> digest =
        reference instanceof Digest own ? Optional.of(own) : entry.map(Descriptor::digest);
    Optional<Bytes> content =
        digest.flatMap(one -> call(() -> files.read(one, POLICY.maxManifestBytes())));
    if (content.isEmpty()) {
      return Optional.empty();
    }
    Optional<MediaType> type =
        entry.map(Descriptor::mediaType).or(() -> PARSER.mediaTypeOf(content.get()));
    return type.map(known -> raw(known, digest.orElseThrow(), content.get()));
  }

  private Optional<Descriptor> entry(Reference reference) {
    return reference instanceof Tag tag ? index().find(tag) : index().find((Digest) reference);
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
    return call(() -> files.open(digest));
  }

  @Override
  public OptionalLong blobSize(Digest digest) {
    return call(() -> files.size(digest));
  }

  @Override
  public Page<Tag> tags(PageRequest page) {
    return page(index().tags(), page);
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
    List<Descriptor> found = new ArrayList<>();
    Set<Digest> seen = new HashSet<>();
    for (Descriptor entry : index().entries()) {
      if (seen.add(entry.digest())) {
        manifest(entry.digest())
            .flatMap(raw -> referrer(raw, subject))
            .filter(one -> artifactType == null || artifactType.equals(one.artifactType()))
            .ifPresent(found::add);
      }
    }
    found.sort(Comparator.comparing(one -> one.digest().toString()));
    return page(found, page);
  }

  private static Optional<Descriptor> referrer(RawManifest raw, Digest subject) {
    Manifest manifest = PARSER.parse(raw);
    ContentReference target = manifest.subject();
    return target == null || !target.digest().equals(Optional.of(subject))
        ? Optional.empty()
        : Optional.of(
            new Descriptor(
                raw.mediaType(),
                raw.digest(),
                raw.content().length(),
                manifest.referrerType().orElse(null),
                manifest.annotations()));
  }

  @Override
  public Descriptor pushManifest(RawManifest manifest, Set<Tag> tags) {
    Set<Digest> parts = new HashSet<>();
    for (ContentReference part : PARSER.parse(manifest).manifests()) {
      part.digest().ifPresent(parts::add);
    }
    lock.lock();
    try {
      call(() -> files.write(manifest.digest(), manifest.content().asInputStream()));
      LayoutIndex changed = index().with(describe(manifest), tags, parts);
      writeIndex(changed);
    } finally {
      lock.unlock();
    }
    return describe(manifest);
  }

  private void writeIndex(LayoutIndex changed) {
    call(
        () -> {
          files.writeIndex(changed);
          return true;
        });
  }

  @Override
  public Descriptor pushBlob(Digest expected, InputStream content) {
    long size = call(() -> files.write(expected, content));
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
      writeIndex(index().without(digest));
      deleteBlob(digest);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void deleteTag(Tag tag) {
    lock.lock();
    try {
      if (index().find(tag).isEmpty()) {
        throw new NotFoundException(ErrorCode.MANIFEST_UNKNOWN, "the layout has no such tag");
      }
      writeIndex(index().without(tag));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void deleteBlob(Digest digest) {
    if (!call(() -> files.delete(digest))) {
      throw new NotFoundException(ErrorCode.BLOB_UNKNOWN, "the layout has no such blob");
    }
  }
}
