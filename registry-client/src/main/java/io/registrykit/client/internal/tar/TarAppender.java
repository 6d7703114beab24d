package io.registrykit.client.internal.tar;

import io.registrykit.model.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.UUID;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * A tar file that grows beside its place and moves there when it is finished. Content goes straight
 * to the file; its length and name are put before it when they are known, and content that fails
 * leaves nothing. Not safe for use by several threads at once.
 */
public final class TarAppender implements AutoCloseable {
  private static final int BLOCK = 512;
  private static final int FILE_MODE = 0100644;

  private final Path place;
  private final Path fresh;
  private final FileChannel file;
  private boolean finished;

  /**
   * Starts a file.
   *
   * @param place where it will be
   * @throws IOException if the folder does not exist or cannot be written to
   */
  public TarAppender(Path place) throws IOException {
    this.place = place;
    this.fresh = place.resolveSibling(place.getFileName() + "." + UUID.randomUUID() + ".new");
    this.file =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
  }

  /** Writes the content of an entry. */
  @FunctionalInterface
  public interface Content {

    /**
     * Writes.
     *
     * @param out the file, which is not to be closed
     * @return the name of the entry, or empty to drop it
     * @throws IOException if the content cannot be had
     */
    Optional<String> writeTo(OutputStream out) throws IOException;
  }

  /**
   * Appends an entry.
   *
   * @param sample a name that is as long as the one that the content returns
   * @param content writes it
   * @return where it stands, or empty when it was dropped
   * @throws IOException if the content or the disk fails; the file is as before then
   */
  public Optional<Slice> append(String sample, Content content) throws IOException {
    long start = file.size();
    boolean kept = false;
    try {
      int head = header(sample, 0).length;
      file.position(start + head);
      Optional<String> name = content.writeTo(Channels.newOutputStream(file));
      if (name.isPresent()) {
        Slice slice = new Slice(start + head, file.position() - start - head);
        write(ByteBuffer.allocate((int) ((BLOCK - slice.size() % BLOCK) % BLOCK)));
        byte[] header = header(name.get(), slice.size());
        if (header.length != head) {
          throw new IllegalArgumentException("the name has another length than was announced");
        }
        file.position(start);
        write(ByteBuffer.wrap(header));
        kept = true;
        return Optional.of(slice);
      }
      return Optional.empty();
    } finally {
      if (!kept) {
        file.truncate(start);
      }
    }
  }

  /**
   * Appends a document.
   *
   * @param name the name of the entry
   * @param content its content
   * @throws IOException if the disk fails; the file is as before then
   */
  public void append(String name, Bytes content) throws IOException {
    append(
        name,
        out -> {
          content.writeTo(out);
          return Optional.of(name);
        });
  }

  private void write(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      file.write(bytes);
    }
  }

  /** The header has the same length whatever the size is, because large sizes are in binary. */
  private static byte[] header(String name, long size) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    TarArchiveOutputStream tar =
        new TarArchiveOutputStream(bytes, BLOCK, StandardCharsets.UTF_8.name());
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_STAR);
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setSize(size);
    entry.setMode(FILE_MODE);
    entry.setModTime(0L);
    entry.setIds(0, 0);
    tar.putArchiveEntry(entry);
    tar.flush();
    return bytes.toByteArray();
  }

  /**
   * The file as it is so far.
   *
   * @return its path, which changes when it is finished
   */
  public Path file() {
    return finished ? place : fresh;
  }

  /**
   * Ends the file, writes it to the disk and moves it to its place, over one that is there.
   *
   * @throws IOException if the disk fails
   */
  public void finish() throws IOException {
    if (finished) {
      return;
    }
    file.position(file.size());
    write(ByteBuffer.allocate(2 * BLOCK));
    file.force(true);
    file.close();
    Files.move(fresh, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    finished = true;
  }

  /** Drops a file that is not finished. */
  @Override
  public void close() throws IOException {
    if (!finished) {
      file.close();
      Files.deleteIfExists(fresh);
    }
  }
}
