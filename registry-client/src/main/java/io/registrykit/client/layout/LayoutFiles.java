package io.registrykit.client.layout;

import io.registrykit.error.ErrorCode;
import io.registrykit.error.InvalidContentException;
import io.registrykit.error.LimitException;
import io.registrykit.model.Bytes;
import io.registrykit.model.Digest;
import io.registrykit.model.Hasher;
import io.registrykit.spi.store.BlobContent;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The files of an OCI image layout. Safe for use by any number of threads. */
final class LayoutFiles {
  private final Path folder;

  LayoutFiles(Path folder) {
    this.folder = folder;
  }

  void create() throws IOException {
    Files.createDirectories(folder.resolve("blobs").resolve("sha256"));
    Path marker = folder.resolve("oci-layout");
    if (!Files.exists(marker)) {
      Files.writeString(marker, "{\"imageLayoutVersion\":\"1.0.0\"}");
    }
  }

  Optional<LayoutIndex> readIndex() throws IOException {
    Path file = folder.resolve("index.json");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    return Optional.of(LayoutIndex.parse(readSmall(file, LayoutIndex.MAX_LENGTH)));
  }

  void writeIndex(LayoutIndex index) throws IOException {
    create();
    Path fresh = Files.createTempFile(folder, "index", ".new");
    try {
      Files.write(fresh, index.write().toArray());
      replace(fresh, folder.resolve("index.json"));
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  /** The path is that of a digest, which has no dots and slashes; a link there leads elsewhere. */
  private Path path(Digest digest) {
    return folder.resolve("blobs").resolve(digest.algorithm().id()).resolve(digest.hex());
  }

  OptionalLong size(Digest digest) throws IOException {
    Path file = path(digest);
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        ? OptionalLong.of(Files.size(file))
        : OptionalLong.empty();
  }

  Optional<BlobContent> open(Digest digest) throws IOException {
    OptionalLong size = size(digest);
    return size.isPresent()
        ? Optional.of(new FileContent(path(digest), digest, size.getAsLong()))
        : Optional.empty();
  }

  Optional<Bytes> read(Digest digest, int limit) throws IOException {
    return size(digest).isPresent()
        ? Optional.of(readSmall(path(digest), limit))
        : Optional.empty();
  }

  private static Bytes readSmall(Path file, int limit) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return Bytes.readFrom(in, limit)
          .orElseThrow(() -> LimitException.tooLarge("the file is too large", limit));
    }
  }

  /** Writes a blob beside its place and moves it there when it is whole. */
  long write(Digest expected, InputStream content) throws IOException {
    create();
    Path place = path(expected);
    Files.createDirectories(place.getParent());
    Path fresh = Files.createTempFile(folder.resolve("blobs"), "blob", ".new");
    Hasher hasher = expected.algorithm().newHasher();
    try {
      try (OutputStream out = Files.newOutputStream(fresh)) {
        byte[] buffer = new byte[BlobContent.COPY_BUFFER_SIZE];
        for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
          hasher.update(buffer, 0, count);
          out.write(buffer, 0, count);
        }
      }
      if (!hasher.digest().equals(expected)) {
        throw new InvalidContentException(
            ErrorCode.DIGEST_INVALID,
            "the content does not have the digest",
            Map.of("expected", expected.toString(), "actual", hasher.digest().toString()));
      }
      replace(fresh, place);
      return hasher.size();
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  boolean delete(Digest digest) throws IOException {
    return Files.deleteIfExists(path(digest));
  }

  private static void replace(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
