package io.registrykit.examples.torture.wire;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** What a registry answered. Immutable. */
public final class Reply {
  private final HttpResponse<byte[]> response;

  Reply(HttpResponse<byte[]> response) {
    this.response = response;
  }

  /** The status code. */
  public int status() {
    return response.statusCode();
  }

  /** A header, or the empty string. */
  public String header(String name) {
    return response.headers().firstValue(name).orElse("");
  }

  /** The body; the caller leaves it as it is. */
  public byte[] body() {
    return response.body();
  }

  /** The body as text. */
  public String text() {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  /**
   * Whether a push lost against a collector, which happens when the disk takes longer for it than
   * the grace; it says so, and can be repeated.
   */
  public boolean isCollected() {
    return status() == 503 && text().contains("push it again");
  }

  @Override
  public String toString() {
    String text = text();
    return status() + " " + text.substring(0, Math.min(300, text.length()));
  }
}
