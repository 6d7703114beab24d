package io.registrykit.client.internal.http;

import io.registrykit.api.Headers;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.io.CloseMode;

/** Makes requests with Apache HttpClient. Safe for use by any number of threads. */
final class ApacheSender implements HttpSender, AutoCloseable {
  private final CloseableHttpClient client;
  private final Watchdog watchdog;

  ApacheSender(CloseableHttpClient client, Watchdog watchdog) {
    this.client = client;
    this.watchdog = watchdog;
  }

  @Override
  public HttpReply send(HttpCall call) throws IOException {
    call.limits().check();
    Origin origin = Origin.of(call.uri());
    HttpUriRequestBase request = new HttpUriRequestBase(call.method(), call.uri());
    call.headers().forEach(request::addHeader);
    Watchdog.Watch watch = watchdog.watch(request::abort, call.limits());
    if (call.body() != null) {
      request.setEntity(new BodyEntity(call.body(), call.headers(), watch));
    }
    boolean handed = false;
    try {
      HttpHost host = new HttpHost(origin.scheme(), origin.host(), origin.port());
      ClassicHttpResponse response = client.executeOpen(host, request, null);
      HttpReply reply = reply(call.uri(), response, watch);
      handed = true;
      return reply;
    } catch (IOException e) {
      watch.explain();
      throw e;
    } catch (RuntimeException e) {
      watch.explain();
      throw e;
    } finally {
      if (!handed) {
        watch.close();
      }
    }
  }

  private static HttpReply reply(URI uri, ClassicHttpResponse response, Watchdog.Watch watch)
      throws IOException {
    watch.touch();
    Headers.Builder headers = Headers.builder();
    for (Header header : response.getHeaders()) {
      String value = header.getValue();
      headers.add(header.getName(), value == null ? "" : value);
    }
    HttpEntity entity = response.getEntity();
    InputStream body =
        entity == null
            ? InputStream.nullInputStream()
            : new WatchedInput(entity.getContent(), watch);
    AtomicBoolean released = new AtomicBoolean();
    Runnable release =
        () -> {
          if (released.compareAndSet(false, true)) {
            watch.close();
            closeQuietly(response);
          }
        };
    return new HttpReply(uri, response.getCode(), headers.build(), body, release, 1);
  }

  private static void closeQuietly(ClassicHttpResponse response) {
    try {
      response.close();
    } catch (IOException e) {
      // The connection is given up anyway.
    } catch (UncheckedIOException e) {
      // The same.
    }
  }

  @Override
  public void close() {
    client.close(CloseMode.IMMEDIATE);
    watchdog.close();
  }

  /** Tells the watch of every byte that came. */
  private static final class WatchedInput extends FilterInputStream {
    private final Watchdog.Watch watch;

    WatchedInput(InputStream in, Watchdog.Watch watch) {
      super(in);
      this.watch = watch;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      int count = read(one, 0, 1);
      return count < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      try {
        int count = super.read(buffer, offset, length);
        watch.touch();
        return count;
      } catch (IOException e) {
        watch.explain();
        throw e;
      }
    }
  }
}
