package io.registrykit.examples.standalone;

import io.registrykit.EmbeddedRegistry;
import io.registrykit.RegistryPolicy;
import io.registrykit.api.RegistryApi;
import io.registrykit.auth.OpenAccess;
import io.registrykit.server.jdk.RegistryServer;
import io.registrykit.server.jdk.Tls;
import io.registrykit.spi.store.RegistryStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Serves a registry until the process is told to stop. */
@Command(
    name = "serve",
    description = "Serve a registry over HTTP until the process is told to stop.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class ServeCommand implements Callable<Integer> {
  private static final Duration DRAIN = Duration.ofSeconds(10);

  @Spec private CommandSpec spec;

  @Option(
      names = "--host",
      paramLabel = "H",
      description = "Address to listen on. Default: ${DEFAULT-VALUE}, this machine alone.",
      defaultValue = "127.0.0.1")
  private String host;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "Port to listen on; 0 takes any free one. Default: ${DEFAULT-VALUE}.",
      defaultValue = "5000")
  private int port;

  @Mixin private StoreOptions store;

  @Mixin private AccessOptions access;

  @Option(
      names = "--tls",
      description = "Serve HTTPS with a self-signed certificate that is made anew at each start.")
  private boolean tls;

  @Option(
      names = "--certificate",
      paramLabel = "FILE",
      description = "With --tls, write the certificate there, for clients to trust (PEM).")
  private @Nullable Path certificate;

  @Option(
      names = "--sparse",
      description =
          "Take manifests that name content which is not there, as mirrors of few platforms need.")
  private boolean sparse;

  @Mixin private MaintenanceOptions maintenance;

  /** Made by picocli. */
  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  ServeCommand() {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    CountDownLatch stopped = new CountDownLatch(1);
    InetAddress address = InetAddress.getByName(host);
    RegistryPolicy policy =
        RegistryPolicy.strict().withSparseIndexes(sparse).withSparseImages(sparse);
    try (RegistryStore opened = store.open();
        Maintenance upkeep = maintenance.prepare(opened, policy);
        EmbeddedRegistry registry =
            EmbeddedRegistry.builder().store(opened).policy(policy).build();
        RegistryServer server = start(registry, address)) {
      CountDownLatch stop = stopOnSignal(stopped);
      upkeep.start();
      out.println("listening on " + server.uri());
      out.flush();
      if (!address.isLoopbackAddress() && !access.isClosed()) {
        err.println("warning: everybody who reaches " + host + " may push and delete");
        err.flush();
      }
      stop.await();
    } finally {
      stopped.countDown();
    }
    return 0;
  }

  private RegistryServer start(EmbeddedRegistry registry, InetAddress address) throws IOException {
    RegistryApi.Builder api = RegistryApi.builder(registry);
    if (access.isClosed()) {
      api.access(access.open(store.documents(), tls ? "https" : "http", host + ":" + port, spec));
    } else {
      api.authorizer(OpenAccess.readWrite());
    }
    RegistryServer.Builder builder =
        RegistryServer.builder(api.build()).address(address).port(port).drainTimeout(DRAIN);
    if (tls) {
      Tls selfSigned = Tls.selfSigned(host, "localhost");
      if (certificate != null) {
        Files.writeString(certificate, selfSigned.certificatePem());
      }
      builder.tls(selfSigned);
    }
    return builder.start();
  }

  /** On SIGTERM and SIGINT the JVM runs the hook, which lets {@link #call} close what is open. */
  private static CountDownLatch stopOnSignal(CountDownLatch stopped) {
    CountDownLatch stop = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  stop.countDown();
                  try {
                    if (!stopped.await(2 * DRAIN.toMillis(), TimeUnit.MILLISECONDS)) {
                      System.err.println("registry: stopped before all requests had ended");
                    }
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                },
                "stop"));
    return stop;
  }
}
