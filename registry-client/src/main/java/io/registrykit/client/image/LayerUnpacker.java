package io.registrykit.client.image;

import io.registrykit.error.ErrorCode;
import io.registrykit.error.InvalidContentException;
import io.registrykit.error.LimitException;
import io.registrykit.error.UnsupportedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * Unpacks one layer that came from a stranger: nothing is written outside the folder, not through
 * links either, and nothing grows beyond limits. Immutable, and safe for use by any number of
 * threads.
 *
 * <p>Files, folders and links are unpacked; devices and pipes are refused. Marks that delete files
 * of lower layers are unpacked as the files that they are.
 */
public final class LayerUnpacker {
  private static final int ANY_EXECUTE = 0111;

  /** Below this, no ratio is looked at: short archives of zeros are no bombs. */
  private static final long RATIO_FROM = 16L << 20;

  private final UnpackLimits limits;

  /**
   * An unpacker.
   *
   * @param limits how much a layer may unpack to
   */
  public LayerUnpacker(UnpackLimits limits) {
    this.limits = limits;
  }

  /**
   * Unpacks a layer that is compressed with gzip or zstd, or not at all.
   *
   * @param layer the compressed bytes, read to the end of the archive, not closed
   * @param folder where to; must exist, and should be empty
   * @throws IOException if the stream or the disk fails, or the stream is no such archive
   * @throws InvalidContentException if an entry leads out of the folder, or is a device
   * @throws LimitException if it is over a limit
   * @throws UnsupportedException if it is compressed with zstd and the library for that is not
   *     there
   */
  public void unpack(InputStream layer, Path folder) throws IOException {
    Counting compressed = new Counting(layer);
    Counting plain =
        new Counting(LayerStreams.decompress(compressed)) {
          @Override
          void check(long bytes) {
            boolean tooDense =
                bytes > RATIO_FROM && bytes / limits.ratio() > Math.max(1, compressed.count());
            if (bytes > limits.bytes() || tooDense) {
              throw LimitException.tooLarge("the layer unpacks to too much", limits.bytes());
            }
          }
        };
    TarArchiveInputStream tar = new TarArchiveInputStream(plain, StandardCharsets.UTF_8.name());
    int entries = 0;
    for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
      entries++;
      if (entries > limits.entries()) {
        throw LimitException.tooLarge("the layer has too many entries", limits.entries());
      }
      unpack(tar, entry, folder);
    }
  }

  private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path folder)
      throws IOException {
    if (entry.isCharacterDevice() || entry.isBlockDevice() || entry.isFIFO()) {
      throw refused(entry, "is neither file, folder nor link");
    }
    Path path = inside(folder, entry.getName());
    if (path.equals(folder)) {
      return;
    }
    makeParents(folder, path);
    boolean present = Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    boolean isFolder = Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    if (entry.isDirectory()) {
      if (!isFolder) {
        Files.deleteIfExists(path);
        Files.createDirectory(path);
      }
      return;
    }
    if (present && !isFolder) {
      Files.delete(path);
    }
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
    } else if (entry.isLink()) {
      Path target = inside(folder, entry.getLinkName());
      makeParents(folder, target);
      if (!Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)) {
        throw refused(entry, "links to what is no file");
      }
      Files.createLink(path, target);
    } else {
      Files.copy(tar, path, StandardCopyOption.REPLACE_EXISTING);
      if ((entry.getMode() & ANY_EXECUTE) != 0 && !path.toFile().setExecutable(true, false)) {
        throw new IOException("cannot make a program of " + entry.getName());
      }
    }
  }

  private static Path inside(Path folder, String name) {
    try {
      String clean = EntryNames.checked(name);
      return clean.isEmpty() ? folder : folder.resolve(clean);
    } catch (IllegalArgumentException e) {
      InvalidContentException refusal =
          new InvalidContentException(
              ErrorCode.BLOB_UPLOAD_INVALID,
              "an entry of the layer leads out of it",
              Map.of("name", name));
      refusal.addSuppressed(e);
      throw refusal;
    }
  }

  /** Makes the folders above a path, and refuses a link among them: it could lead anywhere. */
  private static void makeParents(Path folder, Path path) throws IOException {
    Path at = folder;
    for (Path part : folder.relativize(path.getParent())) {
      at = at.resolve(part);
      if (Files.isSymbolicLink(at)) {
        throw new InvalidContentException(
            ErrorCode.BLOB_UPLOAD_INVALID,
            "an entry of the layer goes through a link",
            Map.of("name", folder.relativize(path).toString()));
      }
      if (!part.toString().isEmpty() && !Files.isDirectory(at, LinkOption.NOFOLLOW_LINKS)) {
        Files.deleteIfExists(at);
        Files.createDirectory(at);
      }
    }
  }

  private static InvalidContentException refused(TarArchiveEntry entry, String why) {
    return new InvalidContentException(
        ErrorCode.BLOB_UPLOAD_INVALID,
        "an entry of the layer " + why,
        Map.of("name", entry.getName()));
  }
}
