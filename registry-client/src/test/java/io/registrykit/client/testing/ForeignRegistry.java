package io.registrykit.client.testing;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * A registry of somebody else, run as a program of this machine. Skips the test when the program is
 * not here, unless {@code REGISTRYKIT_REQUIRE_CLIENTS} is {@code true}.
 */
public final class ForeignRegistry implements AutoCloseable {
  /** The programs that tests know. */
  public enum Kind {
    /** CNCF Distribution, as Debian packages it: no referrers API. */
    DISTRIBUTION("docker-registry", true),
    /** The registry of go-containerregistry: no upload status. */
    CRANE("crane", true),
    /** olareg: the referrers API, and relative locations. Not to be had as a package everywhere. */
    OLAREG("olareg", false);

    private final String program;
    private final boolean required;

    Kind(String program, boolean required) {
      this.program = program;
      this.required = required;
    }
  }

  private final Process process;
  private final int port;

  private ForeignRegistry(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  public static ForeignRegistry start(Kind kind, Path folder) throws Exception {
    String program = find(kind);
    int port = freePort();
    Path log = folder.resolve(kind.program + ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command(kind, program, port, folder))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder
        .environment()
        .putAll(Map.of("PORT", Integer.toString(port), "OTEL_TRACES_EXPORTER", "none"));
    ForeignRegistry registry = new ForeignRegistry(builder.start(), port);
    registry.awaitReady(log);
    return registry;
  }

  private static List<String> command(Kind kind, String program, int port, Path folder)
      throws IOException {
    return switch (kind) {
      case DISTRIBUTION -> {
        Path config = folder.resolve("config.yml");
        Files.writeString(
            config,
            """
            version: 0.1
            log: {level: error}
            storage:
              filesystem: {rootdirectory: %s}
              delete: {enabled: true}
            http: {addr: "127.0.0.1:%d"}
            """
                .formatted(folder.resolve("data"), port));
        yield List.of(program, "serve", config.toString());
      }
      case CRANE -> List.of(program, "registry", "serve", "--address", "127.0.0.1:" + port);
      case OLAREG ->
          List.of(
              program,
              "serve",
              "--port",
              Integer.toString(port),
              "--store-type",
              "mem",
              "--api-delete",
              "--api-blob-delete");
    };
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static String find(Kind kind) {
    String name = kind.program;
    List<Path> folders = new ArrayList<>();
    String tools = System.getenv("REGISTRYKIT_TOOLS");
    folders.add(Path.of(tools == null ? "/opt/registrykit-tools" : tools, "bin"));
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    for (String entry : path.split(File.pathSeparator, -1)) {
      folders.add(Path.of(entry));
    }
    Optional<Path> found =
        folders.stream().map(one -> one.resolve(name)).filter(Files::isExecutable).findFirst();
    if (found.isEmpty()) {
      String message = name + " is not on this machine";
      if (kind.required && Boolean.parseBoolean(System.getenv("REGISTRYKIT_REQUIRE_CLIENTS"))) {
        fail(message);
      }
      Assumptions.abort(message);
    }
    return found.orElseThrow().toString();
  }

  private void awaitReady(Path log) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    HttpClient http = HttpClient.newHttpClient();
    HttpRequest ping = HttpRequest.newBuilder(URI.create("http://" + host() + "/v2/")).build();
    while (System.nanoTime() < end && process.isAlive()) {
      try {
        if (http.send(ping, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
          return;
        }
      } catch (IOException e) {
        new CountDownLatch(1).await(50, TimeUnit.MILLISECONDS);
      }
    }
    close();
    fail("the registry did not start:\n" + Files.readString(log));
  }

  /** The host with the port. */
  public String host() {
    return "127.0.0.1:" + port;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
