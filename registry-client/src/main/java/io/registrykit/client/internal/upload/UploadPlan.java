package io.registrykit.client.internal.upload;

import io.registrykit.client.HostOptions;

/**
 * In which pieces an upload goes. Learns from what the registry refuses. Not safe for use by
 * several threads at once.
 */
final class UploadPlan {
  private static final int LEAST_CHUNK = 64 * 1024;
  private static final long MOST_CHUNK = 64L * 1024 * 1024;

  private boolean chunked;
  private long chunkSize;

  UploadPlan(HostOptions options) {
    chunked = options.chunked();
    chunkSize = options.chunkSize();
  }

  boolean isChunked() {
    return chunked;
  }

  /** The most bytes of the next request. */
  long pieceSize(UploadSource source, UploadSession session) {
    boolean whole = !chunked && source.size().isPresent();
    return whole ? Long.MAX_VALUE : Math.max(chunkSize, Math.min(session.minChunk(), MOST_CHUNK));
  }

  /** A request was too large; false when there is nothing smaller to try. */
  boolean shrink() {
    if (!chunked) {
      chunked = true;
      return true;
    }
    if (chunkSize / 2 < LEAST_CHUNK) {
      return false;
    }
    chunkSize /= 2;
    return true;
  }
}
