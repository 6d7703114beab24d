package io.registrykit.client.internal.http;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Tells a mirror whose content is wanted. Safe for use by any number of threads.
 *
 * @param sender makes the requests
 * @param original the registry that is mirrored
 */
public record MirrorSender(HttpSender sender, String original) implements HttpSender {

  @Override
  public HttpReply send(HttpCall call) throws IOException {
    URI uri = call.uri();
    if (!uri.getRawPath().startsWith("/v2/")) {
      return sender.send(call);
    }
    String glue = uri.getRawQuery() == null ? "?" : "&";
    String ns = "ns=" + URLEncoder.encode(original, StandardCharsets.UTF_8);
    return sender.send(call.withUri(URI.create(uri + glue + ns)));
  }
}
