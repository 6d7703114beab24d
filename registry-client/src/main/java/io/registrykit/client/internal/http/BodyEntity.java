package io.registrykit.client.internal.http;

import io.registrykit.api.Headers;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Set;
import org.apache.hc.core5.function.Supplier;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.jspecify.annotations.Nullable;

/** A body as the HTTP library wants it. For use by one thread. */
final class BodyEntity implements HttpEntity {
  private final HttpBody body;
  private final Headers headers;
  private final Watchdog.Watch watch;

  BodyEntity(HttpBody body, Headers headers, Watchdog.Watch watch) {
    this.body = body;
    this.headers = headers;
    this.watch = watch;
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    watch.touch();
    body.writeTo(
        new FilterOutputStream(out) {
          @Override
          public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            watch.touch();
          }
        });
  }

  @Override
  public long getContentLength() {
    return body.length();
  }

  @Override
  public @Nullable String getContentType() {
    return headers.first("Content-Type").isPresent() ? null : "application/octet-stream";
  }

  /** False, so that the library never sends the body a second time by itself. */
  @Override
  public boolean isRepeatable() {
    return false;
  }

  @Override
  public boolean isStreaming() {
    return true;
  }

  @Override
  public boolean isChunked() {
    return false;
  }

  @Override
  public @Nullable String getContentEncoding() {
    return null;
  }

  @Override
  public InputStream getContent() {
    throw new UnsupportedOperationException("the body is written, not read");
  }

  @Override
  public Set<String> getTrailerNames() {
    return Set.of();
  }

  @Override
  public @Nullable Supplier<List<? extends Header>> getTrailers() {
    return null;
  }

  @Override
  public void close() {}
}
