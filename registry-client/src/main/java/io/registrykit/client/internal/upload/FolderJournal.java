package io.registrykit.client.internal.upload;

import io.registrykit.client.UploadJournal;
import io.registrykit.model.Bytes;
import io.registrykit.model.DigestAlgorithm;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/** A journal of one small file for each upload. Safe for use by any number of threads. */
public final class FolderJournal implements UploadJournal {
  private static final System.Logger LOG = System.getLogger(FolderJournal.class.getName());
  private static final int MAX_LENGTH = 16 * 1024;

  private final Path folder;

  /**
   * A journal in a folder.
   *
   * @param folder where the files are
   */
  public FolderJournal(Path folder) {
    this.folder = folder;
  }

  @Override
  public Optional<URI> find(Key key) {
    try (InputStream in = Files.newInputStream(file(key))) {
      List<String> lines =
          Bytes.readFrom(in, MAX_LENGTH).orElse(Bytes.empty()).toUtf8().lines().toList();
      return lines.size() == 2 && lines.get(0).equals(name(key))
          ? Optional.of(URI.create(lines.get(1)))
          : Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  @Override
  public void record(Key key, URI location) {
    try {
      Files.createDirectories(folder);
      Path fresh = Files.createTempFile(folder, "upload", ".new");
      Files.writeString(fresh, name(key) + "\n" + location + "\n");
      Files.move(
          fresh, file(key), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "cannot write the journal of uploads", e);
    }
  }

  @Override
  public void forget(Key key) {
    try {
      Files.deleteIfExists(file(key));
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "cannot clear the journal of uploads", e);
    }
  }

  private Path file(Key key) {
    return folder.resolve(Bytes.utf8(name(key)).digest(DigestAlgorithm.SHA256).hex() + ".upload");
  }

  private static String name(Key key) {
    return key.registry() + " " + key.repository() + " " + key.digest();
  }
}
