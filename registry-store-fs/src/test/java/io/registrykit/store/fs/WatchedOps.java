package io.registrykit.store.fs;

import io.registrykit.store.fs.internal.files.FileOps;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;

/** A file system that tells a test of each call before it is made. */
final class WatchedOps {
  private WatchedOps() {}

  /** Hears of calls. */
  interface Listener {
    /**
     * A call is about to be made.
     *
     * @param path what it is about, the name that it makes where there are two
     * @throws IOException to be thrown in its place
     */
    void before(String call, Path path) throws IOException;
  }

  static FileOps of(FileOps ops, Listener listener) {
    return (FileOps)
        Proxy.newProxyInstance(
            WatchedOps.class.getClassLoader(),
            new Class<?>[] {FileOps.class},
            (proxy, method, arguments) -> {
              listener.before(method.getName(), (Path) arguments[0]);
              try {
                return method.invoke(ops, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
