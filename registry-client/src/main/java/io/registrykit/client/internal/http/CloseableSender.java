package io.registrykit.client.internal.http;

import java.io.IOException;

/**
 * A sender and what ends it. Safe for use by any number of threads.
 *
 * @param sender makes the requests
 * @param onClose closes the connections
 */
public record CloseableSender(HttpSender sender, Runnable onClose)
    implements HttpSender, AutoCloseable {

  @Override
  public HttpReply send(HttpCall call) throws IOException {
    return sender.send(call);
  }

  @Override
  public void close() {
    onClose.run();
  }
}
