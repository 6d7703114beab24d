package io.registrykit.client.internal.tar;

import io.registrykit.error.ErrorCode;
import io.registrykit.error.InvalidContentException;
import io.registrykit.error.LimitException;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the headers of a tar file that came from a stranger, and jumps over the content. Refuses
 * names and links that lead out of it, names that come twice, devices, sparse files, and headers
 * and sizes that no honest archive has. Not safe for use by several threads at once.
 */
public final class TarScan {
  private static final int BLOCK = 512;

  /** Names and attributes that stand before an entry; real ones have a few hundred bytes. */
  private static final int MAX_EXTENSION = 64 * 1024;

  private static final int MAX_EXTENSIONS = 4;
  private static final int MAX_ENTRIES = 500_000;

  private final SeekableByteChannel file;
  private final Map<String, Slice> files = new HashMap<>();
  private final Map<String, String> links = new HashMap<>();

  private TarScan(SeekableByteChannel file) {
    this.file = file;
  }

  /**
   * Reads a tar file once, without its content.
   *
   * @param path the file
   * @return its index
   * @throws IOException if it cannot be read
   * @throws InvalidContentException if it is no tar file, or has an entry that is refused
   * @throws LimitException if it has too many entries, or too long a header
   */
  public static TarIndex read(Path path) throws IOException {
    try (SeekableByteChannel file = Files.newByteChannel(path)) {
      TarScan scan = new TarScan(file);
      scan.run();
      return new TarIndex(scan.files, scan.links);
    }
  }

  private void run() throws IOException {
    refuseCompressed();
    long position = 0;
    for (int entries = 0; position < file.size() && checkExtensions(position); entries++) {
      if (entries == MAX_ENTRIES) {
        throw LimitException.tooLarge("the archive has too many entries", MAX_ENTRIES);
      }
      file.position(position);
      TarArchiveEntry entry = entryHere();
      long start = file.position();
      long size = entry.isFile() ? entry.getSize() : 0;
      if (size < 0 || size > file.size() - start) {
        throw refused("is longer than the archive", entry.getName());
      }
      add(entry, new Slice(start, size));
      position = start + size + padding(size);
    }
  }

  private void refuseCompressed() throws IOException {
    if (file.size() >= 2) {
      byte[] magic = bytes(0, 2);
      if (magic[0] == 0x1f && (magic[1] & 0xff) == 0x8b) {
        throw new InvalidContentException(
            ErrorCode.BLOB_UPLOAD_INVALID,
            "the archive is compressed; unpack it with gunzip first");
      }
    }
  }

  /**
   * Looks at what stands before an entry, which the library reads into memory whatever its length.
   *
   * @return false at the end of the archive
   */
  private boolean checkExtensions(long start) throws IOException {
    long position = start;
    for (int i = 0; i <= MAX_EXTENSIONS; i++) {
      byte[] block = bytes(position, BLOCK);
      if (isZero(block)) {
        return false;
      }
      TarArchiveEntry header = header(block);
      if (!isExtension(header)) {
        return true;
      }
      if (header.getSize() < 0 || header.getSize() > MAX_EXTENSION) {
        throw LimitException.tooLarge("a header of the archive is too long", MAX_EXTENSION);
      }
      position += BLOCK + header.getSize() + padding(header.getSize());
    }
    throw LimitException.tooLarge("an entry of the archive has too many headers", MAX_EXTENSIONS);
  }

  private static boolean isExtension(TarArchiveEntry header) {
    return header.isPaxHeader()
        || header.isGlobalPaxHeader()
        || header.isGNULongNameEntry()
        || header.isGNULongLinkEntry();
  }

  private static boolean isZero(byte[] block) {
    for (byte one : block) {
      if (one != 0) {
        return false;
      }
    }
    return true;
  }

  private static TarArchiveEntry header(byte[] block) {
    try {
      TarArchiveEntry header = new TarArchiveEntry(block);
      if (header.isCheckSumOK()) {
        return header;
      }
    } catch (IllegalArgumentException | UncheckedIOException e) {
      throw noTar(e);
    }
    throw noTar(null);
  }

  private byte[] bytes(long position, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length);
    file.position(position);
    while (buffer.hasRemaining()) {
      if (file.read(buffer) < 0) {
        throw noTar(new EOFException("the archive ends within an entry"));
      }
    }
    return buffer.array();
  }

  /**
   * Reads one entry with what stands before it. The library reads whole blocks and no further, so
   * the file stands on the content then.
   */
  private TarArchiveEntry entryHere() {
    try {
      TarArchiveInputStream one =
          new TarArchiveInputStream(
              Channels.newInputStream(file), BLOCK, BLOCK, StandardCharsets.UTF_8.name());
      TarArchiveEntry entry = one.getNextEntry();
      if (entry == null) {
        throw noTar(null);
      }
      return entry;
    } catch (IOException | IllegalArgumentException | UncheckedIOException e) {
      throw noTar(e);
    }
  }

  private void add(TarArchiveEntry entry, Slice content) {
    String name = TarNames.clean(entry.getName());
    if (entry.isDirectory()) {
      return;
    }
    boolean again;
    if (entry.isSymbolicLink()) {
      String target = TarNames.resolve(TarNames.parent(name), entry.getLinkName());
      again = links.put(name, target) != null || files.containsKey(name);
    } else if (entry.isLink()) {
      again = links.put(name, TarNames.clean(entry.getLinkName())) != null;
      again |= files.containsKey(name);
    } else if (isPlain(entry)) {
      again = files.put(name, content) != null || links.containsKey(name);
    } else {
      throw refused("is neither file, folder nor link", name);
    }
    if (again) {
      throw refused("comes twice", name);
    }
  }

  private static boolean isPlain(TarArchiveEntry entry) {
    return entry.isFile()
        && !entry.isSparse()
        && !entry.isCharacterDevice()
        && !entry.isBlockDevice()
        && !entry.isFIFO();
  }

  private static long padding(long size) {
    return (BLOCK - size % BLOCK) % BLOCK;
  }

  private static InvalidContentException refused(String why, String name) {
    return new InvalidContentException(
        ErrorCode.BLOB_UPLOAD_INVALID, "an entry of the archive " + why, Map.of("name", name));
  }

  private static InvalidContentException noTar(@Nullable Exception cause) {
    InvalidContentException failure =
        new InvalidContentException(
            ErrorCode.BLOB_UPLOAD_INVALID, "the file is no whole tar archive");
    if (cause != null) {
      failure.addSuppressed(cause);
    }
    return failure;
  }
}
