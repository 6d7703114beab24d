package io.registrykit.client.internal.upload;

/** Where an upload stands. Immutable. */
sealed interface UploadState {

  /** Does the registry have the blob? */
  record Check() implements UploadState {}

  /** Have it mounted, or open a session. */
  record Start() implements UploadState {}

  /** Send bytes from the session's offset on. */
  record Send(UploadSession session) implements UploadState {}

  /** All bytes are there: make them a blob. */
  record Finish(UploadSession session) implements UploadState {}

  /** The reply to the last request was lost: is the blob there? */
  record Confirm(UploadSession session) implements UploadState {}

  /** How far did the session come? */
  record Ask(UploadSession session) implements UploadState {}

  /**
   * The blob is there.
   *
   * @param how what it took
   */
  record Done(How how) implements UploadState {}

  /** What it took. */
  enum How {
    /** Nothing. */
    EXISTED,
    /** A mount from another repository. */
    MOUNTED,
    /** Sending it. */
    SENT
  }
}
