package io.registrykit.client.layout;

import io.registrykit.client.internal.tar.Slice;
import io.registrykit.client.internal.tar.TarIndex;
import io.registrykit.model.Bytes;
import io.registrykit.model.Descriptor;
import io.registrykit.model.Digest;
import io.registrykit.model.DigestAlgorithm;
import io.registrykit.model.Hasher;
import io.registrykit.model.MediaType;
import io.registrykit.model.RawManifest;
import io.registrykit.spi.store.BlobContent;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code docker save} writes, to read: what skopeo calls {@code docker-archive:}. It has no
 * manifests, so each image gets one over the layers as they are in the archive. The digest of a
 * layer is then the one that the configuration names, and content that does not have it is refused
 * by whoever takes it; only the layers of other tools that are compressed are read to find theirs.
 */
final class DockerFiles implements ArchivedFiles {
  private static final MediaType PLAIN_LAYER =
      new MediaType("application/vnd.oci.image.layer.v1.tar");

  private final Path file;
  private final TarIndex tar;
  private final Map<Digest, Slice> blobs = new HashMap<>();
  private final Map<Digest, Bytes> manifests = new HashMap<>();
  private final LayoutIndex index;

  private DockerFiles(Path file, TarIndex tar) throws IOException {
    this.file = file;
    this.tar = tar;
    List<Descriptor> entries = new ArrayList<>();
    for (DockerList.Item image : DockerList.read(content(find(DockerList.FILE))).images()) {
      add(image, entries);
    }
    this.index = new LayoutIndex(entries);
  }

  static boolean isDockerArchive(TarIndex tar) {
    return tar.find(DockerList.FILE).isPresent();
  }

  static DockerFiles open(Path file, TarIndex tar) throws IOException {
    return new DockerFiles(file, tar);
  }

  private void add(DockerList.Item image, List<Descriptor> entries) throws IOException {
    Slice at = find(image.config());
    Bytes config = Whole.read(content(at), DiffIds.MAX_CONFIG);
    Descriptor configured = blob(MediaType.OCI_CONFIG, config.digest(DigestAlgorithm.SHA256), at);
    List<Digest> diffIds = DiffIds.of(config);
    if (diffIds.size() != image.layers().size()) {
      throw DockerList.malformed("it has not the layers that the configuration has");
    }
    List<Descriptor> layers = new ArrayList<>();
    for (int i = 0; i < diffIds.size(); i++) {
      layers.add(layer(find(image.layers().get(i)), diffIds.get(i)));
    }
    RawManifest manifest = DockerManifest.write(configured, layers);
    manifests.put(manifest.digest(), manifest.content());
    Descriptor entry =
        new Descriptor(manifest.mediaType(), manifest.digest(), manifest.content().length());
    if (image.names().isEmpty()) {
      entries.add(entry);
    }
    image.names().forEach(name -> entries.add(LayoutNames.named(entry, name)));
  }

  private Slice find(String path) {
    return tar.follow(path)
        .orElseThrow(() -> DockerList.malformed("the archive has no file " + path));
  }

  private FileContent content(Slice slice) {
    return new FileContent(file, slice.offset(), LayoutIndex.ANY, slice.size());
  }

  private Descriptor layer(Slice at, Digest diffId) throws IOException {
    if (!isGzip(at)) {
      return blob(PLAIN_LAYER, diffId, at);
    }
    Hasher hasher = DigestAlgorithm.SHA256.newHasher();
    try (InputStream in = content(at).openStream(0)) {
      Whole.copy(in, OutputStream.nullOutputStream(), hasher);
    }
    return blob(MediaType.OCI_LAYER_GZIP, hasher.digest(), at);
  }

  private boolean isGzip(Slice at) throws IOException {
    try (InputStream in = content(at).openStream(0)) {
      return Gzip.isGzip(in.readNBytes(Gzip.MAGIC_LENGTH));
    }
  }

  private Descriptor blob(MediaType type, Digest digest, Slice at) {
    blobs.put(digest, at);
    return new Descriptor(type, digest, at.size());
  }

  @Override
  public Optional<LayoutIndex> readIndex() {
    return Optional.of(index);
  }

  @Override
  public Optional<BlobContent> open(Digest digest) {
    return Optional.ofNullable(blobs.get(digest))
        .map(slice -> new FileContent(file, slice.offset(), digest, slice.size()));
  }

  @Override
  public Optional<Bytes> read(Digest digest, int limit) throws IOException {
    Bytes manifest = manifests.get(digest);
    return manifest == null ? ArchivedFiles.super.read(digest, limit) : Optional.of(manifest);
  }
}
