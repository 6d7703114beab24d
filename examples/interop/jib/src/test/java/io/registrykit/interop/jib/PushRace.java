package io.registrykit.interop.jib;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import io.registrykit.Copier;
import io.registrykit.Repository;
import io.registrykit.client.RegistryClient;
import io.registrykit.client.layout.OciLayout;
import io.registrykit.interop.harness.Daemon;
import io.registrykit.interop.harness.Tools;
import io.registrykit.model.RepositoryName;
import io.registrykit.model.Tag;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Pushes one image of 20 layers of a mebibyte to CNCF Distribution, by Jib and by this project's
 * client, in one process, in turns, through a proxy that counts. Jib has its layers in its cache;
 * ours come from an image layout that was pulled from what Jib had pushed, so that both push the
 * same bytes. Each push goes to a new repository.
 */
final class PushRace {
  private static final int LAYERS = 20;
  private static final int LAYER_SIZE = 1024 * 1024;
  private static final Tag TAG = new Tag("v1");

  private final Path folder;
  private final CountingProxy proxy;
  private final OciLayout layout;

  private PushRace(Path folder, CountingProxy proxy) {
    this.folder = folder;
    this.proxy = proxy;
    this.layout = new OciLayout(folder.resolve("layout"));
  }

  /**
   * Runs the race.
   *
   * @param args how many rounds count, after two that do not
   * @throws Exception if a push fails
   */
  public static void main(String[] args) throws Exception {
    int rounds = Integer.parseInt(args[0]);
    Path folder = Files.createTempDirectory("race");
    int port = freePort();
    try (Daemon registry = registry(folder, port);
        CountingProxy proxy = CountingProxy.start(port)) {
      registry.await(() -> listens(port), Duration.ofSeconds(30));
      for (Racer racer : new PushRace(folder, proxy).run(rounds)) {
        System.out.println(racer);
      }
    } finally {
      delete(folder);
    }
  }

  private List<Racer> run(int rounds) throws Exception {
    makeFiles();
    pushWithJib("race/first");
    try (RegistryClient client = client()) {
      Copier.builder().build().copy(repository(client, "race/first"), TAG, layout, Set.of(TAG));
    }
    List<Racer> racers =
        List.of(
            new Racer("jib-core 0.28.1", "jib", this::pushWithJib),
            new Racer("registry-client, four blobs at once", "ours", name -> pushOurs(name, 4)),
            new Racer("registry-client, one after the other", "one", name -> pushOurs(name, 1)));
    List<Racer> order = new ArrayList<>(racers);
    for (int round = 0; round < rounds + 2; round++) {
      Collections.rotate(order, 1);
      for (Racer racer : order) {
        racer.run(round, proxy, round >= 2);
      }
    }
    System.out.printf(
        "%d layers of %d KiB, median of %d rounds; Jib also began %d connections with TLS%n",
        LAYERS, LAYER_SIZE / 1024, rounds, racers.get(0).counts().probes());
    System.out.println("| client | time | requests | connections | by method |");
    System.out.println("|---|---|---|---|---|");
    return racers;
  }

  private void makeFiles() throws IOException {
    Random random = new Random(1);
    for (int i = 0; i < LAYERS; i++) {
      byte[] bytes = new byte[LAYER_SIZE];
      random.nextBytes(bytes);
      Files.write(folder.resolve("file-" + i), bytes);
    }
  }

  private void pushWithJib(String name) throws Exception {
    JibContainerBuilder image = Jib.fromScratch().setFormat(ImageFormat.OCI);
    for (int i = 0; i < LAYERS; i++) {
      image.addLayer(List.of(folder.resolve("file-" + i)), AbsoluteUnixPath.get("/app"));
    }
    image.containerize(
        Containerizer.to(RegistryImage.named(proxy.host() + "/" + name + ":" + TAG))
            .setAllowInsecureRegistries(true)
            .setBaseImageLayersCache(folder.resolve("base"))
            .setApplicationLayersCache(folder.resolve("layers")));
  }

  private void pushOurs(String name, int parallelism) {
    try (RegistryClient client = client()) {
      Copier.builder()
          .parallelism(parallelism)
          .build()
          .copy(layout, TAG, repository(client, name), Set.of(TAG));
    }
  }

  private RegistryClient client() {
    return RegistryClient.builder().insecure(proxy.host()).build();
  }

  private Repository repository(RegistryClient client, String name) {
    return client.registry(proxy.host()).repository(new RepositoryName(name));
  }

  private static Daemon registry(Path folder, int port) throws IOException {
    Path config =
        Files.writeString(
            folder.resolve("config.yml"),
            """
            version: 0.1
            log: {level: error}
            storage:
              filesystem: {rootdirectory: %s}
            http: {addr: "127.0.0.1:%d"}
            """
                .formatted(folder.resolve("data"), port));
    return Daemon.start(
        folder,
        Map.of("OTEL_TRACES_EXPORTER", "none"),
        Tools.require("docker-registry"),
        "serve",
        config.toString());
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void delete(Path folder) throws IOException {
    try (var all = Files.walk(folder)) {
      for (Path path : all.sorted(Collections.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
