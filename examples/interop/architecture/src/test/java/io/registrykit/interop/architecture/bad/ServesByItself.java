package io.registrykit.interop.architecture.bad;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;

/** Knows the server of the JDK. */
public final class ServesByItself {
  HttpServer start() throws IOException {
    return HttpServer.create();
  }
}
