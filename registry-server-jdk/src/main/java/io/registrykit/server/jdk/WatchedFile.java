package io.registrykit.server.jdk;

import io.registrykit.auth.TextSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * A text in a file that may change while the registry runs, such as an htpasswd file. Immutable,
 * and safe for use by any number of threads. Who changes the file writes another one and renames
 * it, so that nobody reads half of it.
 */
public final class WatchedFile implements TextSource {
  private final Path file;

  /**
   * The text in a file.
   *
   * @param file the file, in UTF-8
   */
  public WatchedFile(Path file) {
    this.file = file;
  }

  /** Time, size and identity of the file: a rename changes the last, a write the others. */
  @Override
  public String version() throws IOException {
    BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
    return now.lastModifiedTime().toInstant() + " " + now.size() + " " + now.fileKey();
  }

  @Override
  public String read() throws IOException {
    if (Files.size(file) > MAX_LENGTH) {
      throw new IOException(file + " is larger than " + MAX_LENGTH + " bytes");
    }
    return Files.readString(file);
  }
}
