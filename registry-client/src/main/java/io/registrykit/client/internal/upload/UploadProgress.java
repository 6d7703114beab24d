package io.registrykit.client.internal.upload;

import io.registrykit.client.TransferListener;
import io.registrykit.client.TransferListener.Event;
import io.registrykit.client.TransferListener.Phase;
import io.registrykit.client.internal.http.HttpBody;
import io.registrykit.model.Digest;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.OptionalLong;

/** Tells a listener how an upload goes. Not safe for use by several threads at once. */
public final class UploadProgress {
  private final TransferListener listener;
  private final Digest digest;
  private long total;

  /**
   * The progress of one upload.
   *
   * @param listener hears it
   * @param digest the blob
   * @param size how many bytes it has, where that is known
   */
  public UploadProgress(TransferListener listener, Digest digest, OptionalLong size) {
    this.listener = listener;
    this.digest = digest;
    this.total = size.orElse(-1);
  }

  void started() {
    tell(Phase.STARTED, 0);
  }

  void asked(long offset) {
    tell(Phase.RESUMED, offset);
  }

  void failed() {
    tell(Phase.FAILED, 0);
  }

  void done(UploadState.How how, OptionalLong size) {
    total = size.orElse(total);
    switch (how) {
      case EXISTED -> tell(Phase.EXISTED, total);
      case MOUNTED -> tell(Phase.MOUNTED, total);
      case SENT -> tell(Phase.FINISHED, total);
    }
  }

  HttpBody counted(long offset, OptionalLong size, HttpBody body) {
    total = size.orElse(total);
    return new HttpBody() {
      @Override
      public long length() {
        return body.length();
      }

      @Override
      public void writeTo(OutputStream out) throws IOException {
        body.writeTo(
            new FilterOutputStream(out) {
              private long at = offset;

              @Override
              public void write(byte[] bytes, int from, int length) throws IOException {
                out.write(bytes, from, length);
                at += length;
                tell(Phase.MOVED, at);
              }
            });
      }
    };
  }

  private void tell(Phase phase, long bytes) {
    listener.on(new Event(phase, digest, bytes, total, true));
  }
}
