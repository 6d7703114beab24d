package io.registrykit.client.layout;

import io.registrykit.RegistryPolicy;
import io.registrykit.client.internal.tar.TarAppender;
import io.registrykit.error.ErrorCode;
import io.registrykit.error.InvalidContentException;
import io.registrykit.error.LimitException;
import io.registrykit.error.UnsupportedException;
import io.registrykit.manifest.ContentReference;
import io.registrykit.manifest.ImageManifest;
import io.registrykit.manifest.Manifest;
import io.registrykit.manifest.ManifestParser;
import io.registrykit.model.Bytes;
import io.registrykit.model.Descriptor;
import io.registrykit.model.Digest;
import io.registrykit.model.RawManifest;
import io.registrykit.spi.store.BlobContent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A docker-archive that is being made: layers without compression, under the digests that the
 * configurations name, and at the end the configurations and the list of images. Its manifests are
 * kept in memory until then, because the archive has none.
 */
final class DockerWriterFiles implements LayoutFiles {
  /** Configurations and manifests together; each has a few kilobytes. */
  private static final long MAX_HELD = 256L << 20;

  private static final RegistryPolicy POLICY = RegistryPolicy.strict();
  private static final ManifestParser PARSER = new ManifestParser(POLICY);

  private final ReentrantLock lock = new ReentrantLock();
  private final DockerLayers layers;
  private final TarAppender tar;
  private final Map<Digest, Bytes> small = new LinkedHashMap<>();
  private final Map<Digest, DockerList.Item> images = new LinkedHashMap<>();
  private LayoutIndex index = LayoutIndex.empty();
  private long held;

  DockerWriterFiles(Path file) throws IOException {
    this.tar = new TarAppender(file);
    this.layers = new DockerLayers(tar);
  }

  /** What a locked section does. */
  private <T> T locked(FileCall<T> call) throws IOException {
    lock.lock();
    try {
      return call.run();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Optional<LayoutIndex> readIndex() throws IOException {
    return Optional.of(locked(() -> index));
  }

  @Override
  public void writeIndex(LayoutIndex changed) throws IOException {
    locked(() -> index = changed);
  }

  @Override
  public OptionalLong size(Digest digest) throws IOException {
    return locked(
        () -> {
          Bytes content = small.get(digest);
          return content == null ? layers.size(digest) : OptionalLong.of(content.length());
        });
  }

  @Override
  public Optional<BlobContent> open(Digest digest) throws IOException {
    if (size(digest).isPresent()) {
      throw new UnsupportedException(
          ErrorCode.UNSUPPORTED, "a docker-archive is read when it is finished");
    }
    return Optional.empty();
  }

  @Override
  public Optional<Bytes> read(Digest digest, int limit) throws IOException {
    return locked(() -> Optional.ofNullable(small.get(digest)));
  }

  @Override
  public long write(Digest expected, BlobSource content) throws IOException {
    return locked(
        () -> {
          Optional<Bytes> document = layers.write(expected, content);
          if (document.isPresent()) {
            hold(expected, document.get());
            return (long) document.get().length();
          }
          return layers.size(expected).orElseThrow();
        });
  }

  private void hold(Digest digest, Bytes content) {
    held += content.length();
    if (held > MAX_HELD) {
      throw LimitException.tooLarge("the archive has too many images", MAX_HELD);
    }
    small.put(digest, content);
  }

  @Override
  public void writeManifest(RawManifest manifest) throws IOException {
    Manifest parsed = PARSER.parse(manifest);
    if (!(parsed instanceof ImageManifest image) || !DockerView.runs(image)) {
      throw new UnsupportedException(
          ErrorCode.UNSUPPORTED,
          "a docker-archive holds images for one platform each, and nothing else",
          Map.of("digest", manifest.digest().toString()));
    }
    locked(
        () -> {
          images.put(manifest.digest(), item(image));
          hold(manifest.digest(), manifest.content());
          return true;
        });
  }

  /** The layers have to be those that the configuration names, or docker would refuse the image. */
  private DockerList.Item item(ImageManifest image) {
    Digest config = image.config().digest().orElseThrow();
    Bytes content = small.get(config);
    if (content == null) {
      throw unknown(config);
    }
    List<Digest> diffIds = new ArrayList<>();
    for (ContentReference layer : image.layers()) {
      Digest digest = layer.digest().orElseThrow();
      diffIds.add(layers.diffId(digest).orElseThrow(() -> unknown(digest)));
    }
    if (!DiffIds.of(content).equals(diffIds)) {
      throw new InvalidContentException(
          ErrorCode.MANIFEST_INVALID, "the layers are not those that the configuration names");
    }
    return new DockerList.Item(
        config.hex() + ".json", List.of(), diffIds.stream().map(DockerLayers::path).toList());
  }

  private static InvalidContentException unknown(Digest blob) {
    return new InvalidContentException(
        ErrorCode.MANIFEST_BLOB_UNKNOWN,
        "the archive does not have a blob of the image",
        Map.of("digest", blob.toString()));
  }

  @Override
  public boolean delete(Digest digest) {
    throw new UnsupportedException(
        ErrorCode.UNSUPPORTED, "what is in an archive stays there until it is made anew");
  }

  @Override
  public void finish() throws IOException {
    locked(
        () -> {
          Map<String, DockerList.Item> list = new LinkedHashMap<>();
          for (Descriptor entry : index.entries()) {
            DockerList.Item image = images.get(entry.digest());
            if (image != null) {
              list.merge(image.config(), image.named(entry), DockerList.Item::and);
            }
          }
          for (Map.Entry<Digest, Bytes> one : small.entrySet()) {
            String name = one.getKey().hex() + ".json";
            if (list.containsKey(name)) {
              tar.append(name, one.getValue());
            }
          }
          DockerList images = new DockerList(List.copyOf(list.values()));
          tar.append(DockerList.FILE, images.write());
          tar.append("repositories", images.writeRepositories());
          tar.finish();
          return true;
        });
  }

  @Override
  public void close() throws IOException {
    locked(
        () -> {
          tar.close();
          return true;
        });
  }
}
