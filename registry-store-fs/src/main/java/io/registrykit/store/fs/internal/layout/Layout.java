package io.registrykit.store.fs.internal.layout;

import io.registrykit.model.Digest;
import io.registrykit.model.RepositoryName;
import io.registrykit.spi.store.UploadId;
import java.nio.file.Path;
import java.util.Set;

/** Which file lies where under the root of a store. Immutable. */
public final class Layout {
  /** Names that Windows keeps for devices, whatever follows a dot. */
  private static final Set<String> DEVICES =
      Set.of(
          "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7",
          "com8", "com9", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9");

  private final Path root;

  /**
   * A layout.
   *
   * @param root the folder of the store
   */
  public Layout(Path root) {
    this.root = root;
  }

  /** The folder of the store. */
  public Path root() {
    return root;
  }

  /** Says that the folder is a store, and of which version. */
  public Path format() {
    return root.resolve("format");
  }

  /** Locked by the process that has the store open. */
  public Path lock() {
    return root.resolve("lock");
  }

  /** Holds the segments of the log and the checkpoint. */
  public Path log() {
    return root.resolve("log");
  }

  /** A segment of the log. */
  public Path segment(long number) {
    return log().resolve(number + ".log");
  }

  /** Where the log starts, and the counters at that point. */
  public Path checkpoint() {
    return log().resolve("checkpoint");
  }

  /** The same once more, so that the loss of one does not keep the store from being opened. */
  public Path checkpointCopy() {
    return log().resolve("checkpoint.copy");
  }

  /** Room that a full disk still has for entries that free some. */
  public Path reserve() {
    return log().resolve("reserve");
  }

  /** There when the store was closed in order. */
  public Path cleanMark() {
    return log().resolve("clean");
  }

  /** The names of the repositories that came and went. */
  public Path catalog() {
    return root.resolve("catalog");
  }

  /** Holds blobs that are not whole yet. */
  public Path uploads() {
    return root.resolve("uploads");
  }

  /** The bytes of an upload. */
  public Path uploadData(UploadId id) {
    return uploads().resolve(id + ".data");
  }

  /** What is known of an upload that may be taken up again. */
  public Path uploadSpec(UploadId id) {
    return uploads().resolve(id + ".spec");
  }

  /** Holds every blob. */
  public Path pool() {
    return root.resolve("pool");
  }

  /** A blob. */
  public Path blob(Digest digest) {
    return pool()
        .resolve(digest.algorithm().id())
        .resolve(digest.hex().substring(0, 2))
        .resolve(digest.hex());
  }

  /** Holds what was found damaged. */
  public Path quarantine() {
    return root.resolve("quarantine");
  }

  /** Holds the repositories. */
  public Path repositories() {
    return root.resolve("repos");
  }

  /** The folder of a repository, which also holds those of the names below. */
  public Path repository(RepositoryName name) {
    Path folder = repositories();
    for (String level : name.segments()) {
      folder = folder.resolve(folderName(level));
    }
    return folder;
  }

  /** No level of a name starts with an underscore, so that a device's name is free with one. */
  private static String folderName(String level) {
    int dot = level.indexOf('.');
    return DEVICES.contains(dot < 0 ? level : level.substring(0, dot)) ? "_" + level : level;
  }

  /** The level of a name that has a folder. */
  public static String level(String folderName) {
    return folderName.startsWith("_") ? folderName.substring(1) : folderName;
  }

  /** Holds what is known of a repository. */
  public Path registry(RepositoryName name) {
    return repository(name).resolve("_reg");
  }

  /** The rows of a repository that came since its snapshot. */
  public Path journal(RepositoryName name) {
    return registry(name).resolve("journal");
  }

  /** All rows of a repository at one time. */
  public Path snapshot(RepositoryName name) {
    return registry(name).resolve("snapshot");
  }

  /** What the log said of a repository that could not be read. */
  public Path held(RepositoryName name) {
    return registry(name).resolve("held");
  }

  /** The bytes of a manifest. */
  public Path manifest(RepositoryName name, Digest digest) {
    return registry(name)
        .resolve("manifests")
        .resolve(digest.algorithm().id())
        .resolve(digest.hex());
  }

  /** The repository as an OCI image layout. */
  public Path view(RepositoryName name) {
    return repository(name).resolve("_oci");
  }
}
