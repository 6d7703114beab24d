package io.registrykit.store.fs.internal.log;

import io.registrykit.model.Bytes;
import io.registrykit.model.Digest;
import io.registrykit.model.RepositoryName;
import io.registrykit.spi.store.UploadId;
import io.registrykit.store.fs.internal.codec.In;
import io.registrykit.store.fs.internal.codec.Out;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the log says that happened. Immutable, but for arrays that nobody changes. */
public sealed interface LogEntry {

  /**
   * Commits in one repository.
   *
   * @param repository its name
   * @param sequence greater than that of every commit before in this repository
   * @param rows the rows, as bytes
   * @param contents the bytes of the manifests that came
   */
  @SuppressWarnings("ArrayRecordComponent") // copies of everything that is written would show
  record Commit(RepositoryName repository, long sequence, byte[] rows, Map<Digest, Bytes> contents)
      implements LogEntry {}

  /**
   * A blob came.
   *
   * @param digest its digest
   * @param size its length in bytes
   * @param upload the upload that it came from
   * @param content its bytes, or null when they are on disk already
   */
  @SuppressWarnings("ArrayRecordComponent") // copies of everything that is written would show
  record BlobCame(Digest digest, long size, UploadId upload, byte @Nullable [] content)
      implements LogEntry {}

  /**
   * A blob went.
   *
   * @param digest its digest
   * @param size its length in bytes
   */
  record BlobWent(Digest digest, long size) implements LogEntry {}

  /** The entry as bytes. */
  static byte[] encode(LogEntry entry) {
    if (entry instanceof Commit commit) {
      int expected = 64 + commit.rows.length;
      for (Bytes content : commit.contents.values()) {
        expected += 80 + content.length();
      }
      Out out = new Out(expected);
      out.u8(1).text(commit.repository.value()).number(commit.sequence).bytes(commit.rows);
      out.number(commit.contents.size());
      commit.contents.forEach((digest, bytes) -> out.digest(digest).bytes(bytes.toArray()));
      return out.toByteArray();
    } else if (entry instanceof BlobCame came) {
      byte[] content = came.content;
      Out out = new Out(128 + (content == null ? 0 : content.length));
      out.u8(2).digest(came.digest).number(came.size).text(came.upload.toString());
      out.u8(content == null ? 0 : 1);
      if (content != null) {
        out.bytes(content);
      }
      return out.toByteArray();
    }
    BlobWent went = (BlobWent) entry;
    return new Out(64).u8(3).digest(went.digest).number(went.size).toByteArray();
  }

  /**
   * Reads an entry.
   *
   * @param interned what entries share
   */
  static LogEntry decode(byte[] bytes, In.Interned interned) throws IOException {
    In in = new In(bytes, interned);
    int kind = in.u8();
    try {
      return switch (kind) {
        case 1 -> commit(in);
        case 2 ->
            new BlobCame(
                in.digest(),
                in.number(),
                UploadId.parse(in.text()),
                in.u8() == 0 ? null : in.bytes());
        case 3 -> new BlobWent(in.digest(), in.number());
        default -> throw new IOException("log entry of unknown kind " + kind);
      };
    } catch (IllegalArgumentException e) {
      throw new IOException("log entry of kind " + kind + " is malformed", e);
    }
  }

  private static Commit commit(In in) throws IOException {
    RepositoryName name = new RepositoryName(in.text());
    long sequence = in.number();
    byte[] rows = in.bytes();
    Map<Digest, Bytes> contents = new LinkedHashMap<>();
    for (int left = in.count(); left > 0; left--) {
      contents.put(in.digest(), Bytes.copyOf(in.bytes()));
    }
    return new Commit(name, sequence, rows, contents);
  }
}
