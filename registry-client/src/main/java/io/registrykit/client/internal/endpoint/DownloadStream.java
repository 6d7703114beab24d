package io.registrykit.client.internal.endpoint;

import io.registrykit.client.TransferListener.Event;
import io.registrykit.client.TransferListener.Phase;
import io.registrykit.client.internal.http.Answer;
import io.registrykit.client.internal.http.CallLimits;
import io.registrykit.client.internal.http.HttpReply;
import io.registrykit.error.ErrorCode;
import io.registrykit.error.InvalidContentException;
import io.registrykit.model.Digest;
import io.registrykit.model.Hasher;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A download that goes on where it broke off, and hands its last bytes out only when all of them
 * have the right digest and length. From a later byte than the first on it can check the length
 * alone. Not safe for use by several threads at once.
 */
final class DownloadStream extends InputStream {
  private final BlobEndpoints endpoints;
  private final Context context;
  private final CallLimits limits;
  private final Digest digest;
  private final long size;
  private final @Nullable Hasher hasher;

  private @Nullable HttpReply reply;
  private long at;
  private int failures;
  private boolean closed;

  DownloadStream(
      BlobEndpoints endpoints,
      Context context,
      CallLimits limits,
      Digest digest,
      long size,
      long offset,
      @Nullable HttpReply reply) {
    this.endpoints = endpoints;
    this.context = context;
    this.limits = limits;
    this.digest = digest;
    this.size = size;
    this.at = offset;
    this.reply = reply;
    this.hasher = offset == 0 ? digest.algorithm().newHasher() : null;
    tell(Phase.STARTED);
    if (size == 0 && offset == 0) {
      checkWhole();
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (closed) {
      throw new IOException("the stream is closed");
    }
    if (length == 0) {
      return 0;
    }
    while (at < size) {
      try {
        HttpReply current = connected();
        int count = current.body().read(buffer, offset, (int) Math.min(length, size - at));
        if (count < 0) {
          throw new EOFException("the blob ended " + (size - at) + " bytes early");
        }
        took(buffer, offset, count);
        return count;
      } catch (IOException e) {
        broken(e);
      }
    }
    return -1;
  }

  private void took(byte[] buffer, int offset, int count) throws IOException {
    at += count;
    failures = 0;
    if (hasher != null) {
      hasher.update(buffer, offset, count);
    }
    if (at == size) {
      checkWhole();
      release();
    } else {
      tell(Phase.MOVED);
    }
  }

  private void checkWhole() {
    if (hasher != null && !hasher.digest().equals(digest)) {
      tell(Phase.FAILED);
      release();
      throw new InvalidContentException(
          ErrorCode.DIGEST_INVALID,
          "the registry sent a blob with another digest",
          Map.of("expected", digest.toString(), "actual", hasher.digest().toString()));
    }
    tell(Phase.FINISHED);
  }

  /** The reply to read on from; a new one asks for what is missing. */
  private HttpReply connected() throws IOException {
    HttpReply current = reply;
    if (current != null) {
      return current;
    }
    current = endpoints.get(digest, at, limits);
    boolean fromHere = current.status() == 206 && startsHere(current);
    if (current.status() == 200) {
      reply = current;
      skip(current, at);
    } else if (fromHere) {
      reply = current;
    } else if (current.status() == 206) {
      current.abandon();
      throw new IOException("the registry sent another range than was asked for");
    } else {
      throw context.failure(Answer.of(current));
    }
    return current;
  }

  private boolean startsHere(HttpReply current) {
    String range = current.headers().first("Content-Range").orElse("").strip();
    return range.matches("bytes " + at + "-[0-9]{1,18}/(" + size + "|\\*)");
  }

  /** A registry without ranges sends everything once more. */
  private static void skip(HttpReply current, long count) throws IOException {
    current.body().skipNBytes(count);
  }

  private void broken(IOException failure) throws IOException {
    release();
    limits.check();
    failures++;
    if (failures >= context.transport().pauses().policy().attempts()) {
      tell(Phase.FAILED);
      throw failure;
    }
    context.transport().pauses().pause(failures, limits);
    tell(Phase.RESUMED);
  }

  private void release() {
    HttpReply current = reply;
    reply = null;
    if (current != null) {
      if (at == size) {
        current.close();
      } else {
        current.abandon();
      }
    }
  }

  private void tell(Phase phase) {
    context.options().listener().on(new Event(phase, digest, at, size, false));
  }

  @Override
  public void close() {
    closed = true;
    release();
  }
}
