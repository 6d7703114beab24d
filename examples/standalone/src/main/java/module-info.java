/** A registry on the command line. */
module io.registrykit.examples.standalone {
  requires info.picocli;
  requires io.registrykit.client;
  requires io.registrykit.core;
  requires io.registrykit.server.jdk;
  requires io.registrykit.store.fs;
  requires io.registrykit.store.memory;
  requires me.tongfei.progressbar;
  requires static org.jspecify;

  opens io.registrykit.examples.standalone to
      info.picocli;
}
