package io.registrykit.client.image;

import io.registrykit.client.layout.FileContent;
import io.registrykit.error.UnsupportedException;
import io.registrykit.model.Bytes;
import io.registrykit.model.DigestAlgorithm;
import io.registrykit.model.Hasher;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * Makes a layer of files. The same files give the same bytes wherever the layer is made: entries
 * are sorted, belong to user and group 0, have one time, and one of two modes. Not safe for use by
 * several threads at once.
 *
 * <p>That goes for the compressed bytes too with {@link Compression#GZIP}, on every JDK and system;
 * with {@link Compression#ZSTD} it goes for one version of its library.
 */
public final class LayerBuilder {
  private static final int FILE_MODE = 0644;
  private static final int PROGRAM_MODE = 0755;
  private static final int FOLDER_MODE = 0755;

  private final NavigableMap<String, Source> entries = new TreeMap<>();
  private Instant time = Instant.EPOCH;
  private Compression compression = Compression.GZIP;

  /** A builder without files. */
  public LayerBuilder() {}

  /** What stands at a path. */
  private record Source(Kind kind, Path file, Bytes bytes, String target, int mode) {}

  private enum Kind {
    FOLDER,
    FILE,
    BYTES,
    LINK
  }

  /**
   * Adds a file, or a folder with all that is in it.
   *
   * @param file the file or folder; symbolic links in a folder stay links
   * @param path where it goes in the image, such as {@code app/lib}
   * @return this builder
   * @throws IOException if the folder cannot be read
   * @throws IllegalArgumentException if the path leads out of the image
   */
  public LayerBuilder add(Path file, String path) throws IOException {
    if (!Files.isDirectory(file)) {
      put(path, new Source(Kind.FILE, file, Bytes.empty(), "", modeOf(file)));
      return this;
    }
    try (Stream<Path> all = Files.walk(file)) {
      for (Path each : (Iterable<Path>) all::iterator) {
        String relative = file.relativize(each).toString().replace('\\', '/');
        String name = relative.isEmpty() ? path : path + "/" + relative;
        if (Files.isSymbolicLink(each)) {
          String target = Files.readSymbolicLink(each).toString().replace('\\', '/');
          put(name, new Source(Kind.LINK, each, Bytes.empty(), target, 0777));
        } else if (Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS)) {
          put(name, folder());
        } else {
          put(name, new Source(Kind.FILE, each, Bytes.empty(), "", modeOf(each)));
        }
      }
    }
    return this;
  }

  /**
   * Adds a small file from memory.
   *
   * @param path where it goes in the image
   * @param content its bytes
   * @param executable whether it is a program
   * @return this builder
   * @throws IllegalArgumentException if the path leads out of the image
   */
  public LayerBuilder add(String path, Bytes content, boolean executable) {
    int mode = executable ? PROGRAM_MODE : FILE_MODE;
    put(path, new Source(Kind.BYTES, Path.of(""), content, "", mode));
    return this;
  }

  /**
   * The time of every entry; 1970 without this.
   *
   * @param newTime the time, of which whole seconds count
   * @return this builder
   */
  public LayerBuilder time(Instant newTime) {
    time = newTime;
    return this;
  }

  /**
   * How to compress the layer; gzip without this.
   *
   * @param newCompression the compression
   * @return this builder
   */
  public LayerBuilder compression(Compression newCompression) {
    compression = newCompression;
    return this;
  }

  private static Source folder() {
    return new Source(Kind.FOLDER, Path.of(""), Bytes.empty(), "", FOLDER_MODE);
  }

  private static int modeOf(Path file) {
    return Files.isExecutable(file) ? PROGRAM_MODE : FILE_MODE;
  }

  private void put(String path, Source source) {
    String clean = EntryNames.checked(path);
    if (clean.isEmpty()) {
      return;
    }
    for (int slash = clean.indexOf('/'); slash > 0; slash = clean.indexOf('/', slash + 1)) {
      entries.putIfAbsent(clean.substring(0, slash), folder());
    }
    entries.put(clean, source);
  }

  /**
   * Writes the layer.
   *
   * @param file where to; replaced when it exists, and read again when the layer is pushed
   * @return the layer
   * @throws IOException if a file cannot be read or written
   * @throws UnsupportedException if the library for the compression is not there
   */
  public Layer build(Path file) throws IOException {
    LayerStreams.require(compression);
    Hasher plain = DigestAlgorithm.SHA256.newHasher();
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 64 * 1024);
        OutputStream compressed = LayerStreams.compress(compression, out);
        TarArchiveOutputStream tar =
            new TarArchiveOutputStream(
                new HashingOutput(compressed, plain), StandardCharsets.UTF_8.name())) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
      tar.setAddPaxHeadersForNonAsciiNames(true);
      for (var entry : entries.entrySet()) {
        write(tar, entry.getKey(), entry.getValue());
      }
    }
    return new Layer(
        FileContent.of(file), compression.mediaType(), plain.digest(), "registrykit layer");
  }

  private void write(TarArchiveOutputStream tar, String path, Source source) throws IOException {
    TarArchiveEntry entry =
        switch (source.kind()) {
          case FOLDER -> new TarArchiveEntry(path + "/", true);
          case LINK -> new TarArchiveEntry(path, TarConstants.LF_SYMLINK, true);
          case FILE, BYTES -> new TarArchiveEntry(path, true);
        };
    entry.setIds(0, 0);
    entry.setNames("", "");
    entry.setMode(source.mode());
    entry.setModTime(Date.from(Instant.ofEpochSecond(time.getEpochSecond())));
    if (source.kind() == Kind.LINK) {
      entry.setLinkName(source.target());
    } else if (source.kind() == Kind.FILE) {
      entry.setSize(Files.size(source.file()));
    } else if (source.kind() == Kind.BYTES) {
      entry.setSize(source.bytes().length());
    }
    tar.putArchiveEntry(entry);
    if (source.kind() == Kind.FILE) {
      try (InputStream in = Files.newInputStream(source.file())) {
        in.transferTo(tar);
      }
    } else if (source.kind() == Kind.BYTES) {
      source.bytes().writeTo(tar);
    }
    tar.closeArchiveEntry();
  }

  /**
   * The paths that the layer will have.
   *
   * @return sorted, folders without a closing slash
   */
  public List<String> paths() {
    return List.copyOf(entries.keySet());
  }

  /** Hashes what passes. */
  private static final class HashingOutput extends FilterOutputStream {
    private final Hasher hasher;

    HashingOutput(OutputStream out, Hasher hasher) {
      super(out);
      this.hasher = hasher;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      hasher.update(bytes, offset, length);
      out.write(bytes, offset, length);
    }
  }
}
