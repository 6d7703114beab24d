package io.registrykit.client.internal.http;

import java.io.IOException;

/**
 * Repeats what a sender did not manage. Only for requests that do no harm twice, such as those to a
 * token server. Safe for use by any number of threads.
 *
 * @param sender makes single requests
 * @param pauses waits between tries
 */
public record Retrying(HttpSender sender, Pauses pauses) implements HttpSender {

  @Override
  public HttpReply send(HttpCall call) throws IOException {
    for (int failures = 1; ; failures++) {
      boolean last = failures >= pauses.policy().attempts();
      try {
        HttpReply reply = sender.send(call);
        if (last
            || !Transport.isPassing(reply.status())
            || !pauses.pause(failures, reply.headers(), call.limits())) {
          return reply;
        }
        reply.close();
      } catch (IOException e) {
        call.limits().check();
        if (last) {
          throw e;
        }
        pauses.pause(failures, call.limits());
      }
    }
  }
}
