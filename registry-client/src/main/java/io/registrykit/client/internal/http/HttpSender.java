package io.registrykit.client.internal.http;

import java.io.IOException;

/**
 * Makes one request and gets its reply: no redirects, no repeats, no credentials of its own. Safe
 * for use by any number of threads.
 */
@FunctionalInterface
public interface HttpSender {

  /**
   * Makes a request.
   *
   * @param call the request with all its headers
   * @return the reply, whatever its status; the caller closes it
   * @throws IOException if no reply came; whether the request arrived is unknown then
   */
  HttpReply send(HttpCall call) throws IOException;
}
