package io.registrykit.client;

import io.registrykit.client.internal.upload.FolderJournal;
import io.registrykit.model.Digest;
import io.registrykit.model.RepositoryName;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Remembers where uploads go on, so that another process can take them up. Safe for use by any
 * number of threads.
 */
public interface UploadJournal {

  /**
   * An upload. Immutable.
   *
   * @param registry the registry with its port
   * @param repository the repository
   * @param digest the blob
   */
  record Key(String registry, RepositoryName repository, Digest digest) {}

  /**
   * Looks an upload up.
   *
   * @param key the upload
   * @return where it goes on, or empty when nothing is known
   */
  Optional<URI> find(Key key);

  /**
   * Remembers where an upload goes on; later calls for the same upload replace earlier ones.
   *
   * @param key the upload
   * @param location where it goes on; whoever knows it can write to the upload
   */
  void record(Key key, URI location);

  /**
   * Forgets an upload.
   *
   * @param key the upload
   */
  void forget(Key key);

  /**
   * Remembers nothing.
   *
   * @return the journal
   */
  static UploadJournal none() {
    return new UploadJournal() {
      @Override
      public Optional<URI> find(Key key) {
        return Optional.empty();
      }

      @Override
      public void record(Key key, URI location) {}

      @Override
      public void forget(Key key) {}
    };
  }

  /**
   * Remembers in small files, which only their owner can read. A journal that cannot be written
   * costs the chance to resume and nothing else.
   *
   * @param folder where the files are; made when it does not exist
   * @return the journal
   */
  static UploadJournal inFolder(Path folder) {
    return new FolderJournal(folder);
  }
}
