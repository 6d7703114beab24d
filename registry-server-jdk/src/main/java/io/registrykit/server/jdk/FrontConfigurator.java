package io.registrykit.server.jdk;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;

/**
 * Counts a new connection against its address before a byte of it is read. Safe for use by any
 * number of threads.
 */
final class FrontConfigurator extends HttpsConfigurator {
  private final Calls calls;

  FrontConfigurator(FrontContext context, Calls calls) {
    super(context);
    this.calls = calls;
  }

  /** An exception out of here makes the JDK close the connection. */
  @Override
  public void configure(HttpsParameters parameters) {
    Call call = calls.current();
    if (call == null || !calls.count(call, parameters.getClientAddress().getAddress())) {
      throw new IllegalStateException("too many requests from one address");
    }
  }
}
