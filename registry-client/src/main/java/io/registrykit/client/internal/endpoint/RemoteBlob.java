package io.registrykit.client.internal.endpoint;

import io.registrykit.client.internal.http.CallLimits;
import io.registrykit.client.internal.http.HttpReply;
import io.registrykit.model.Digest;
import io.registrykit.spi.store.BlobContent;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A blob of a registry. The first stream from its first byte on uses the reply that opened it. Safe
 * for use by any number of threads.
 */
final class RemoteBlob implements BlobContent {
  private final BlobEndpoints endpoints;
  private final Context context;
  private final Digest digest;
  private final long size;
  private final AtomicReference<@Nullable HttpReply> first;
  private volatile boolean closed;

  RemoteBlob(
      BlobEndpoints endpoints,
      Context context,
      Digest digest,
      long size,
      @Nullable HttpReply first) {
    this.endpoints = endpoints;
    this.context = context;
    this.digest = digest;
    this.size = size;
    this.first = new AtomicReference<>(first);
  }

  @Override
  public Digest digest() {
    return digest;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public InputStream openStream(long offset) throws IOException {
    if (closed) {
      throw new IOException("the blob is closed");
    }
    if (offset < 0 || offset > size) {
      throw new IndexOutOfBoundsException("offset " + offset + " of " + size);
    }
    CallLimits limits = CallLimits.start(context.options());
    HttpReply reply = offset == 0 ? first.getAndSet(null) : null;
    return new DownloadStream(endpoints, context, limits, digest, size, offset, reply);
  }

  @Override
  public void close() {
    closed = true;
    HttpReply unused = first.getAndSet(null);
    if (unused != null) {
      unused.abandon();
    }
  }
}
