package io.registrykit.examples.quickstart;

import io.registrykit.EmbeddedRegistry;
import io.registrykit.api.RegistryApi;
import io.registrykit.auth.OpenAccess;
import io.registrykit.model.Digest;
import io.registrykit.model.DigestAlgorithm;
import io.registrykit.model.MediaType;
import io.registrykit.server.jdk.RegistryServer;
import io.registrykit.store.memory.MemoryStore;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Starts a registry, uses it over HTTP as docker would, and tells what happens. */
public final class Quickstart {
  private static final String REPOSITORY = "team/shop/api";
  private static final String BILL = "application/vnd.example.bill+json";

  private final PrintStream out;

  private Quickstart(PrintStream out) {
    this.out = out;
  }

  /**
   * Runs the tour.
   *
   * @param args none
   * @throws Exception if a step fails
   */
  public static void main(String[] args) throws Exception {
    run(System.out);
  }

  static void run(PrintStream out) throws IOException, InterruptedException {
    try (MemoryStore store = MemoryStore.create();
        EmbeddedRegistry registry = EmbeddedRegistry.builder().store(store).build();
        RegistryServer server =
            RegistryServer.builder(
                    RegistryApi.builder(registry).authorizer(OpenAccess.readWrite()).build())
                .start()) {
      out.println("Started a registry inside this program, at " + server.uri() + ".");
      out.println("Docker, podman, skopeo or oras could use it now; here java.net.http does.");
      new Quickstart(out).tour(new Wire(server.uri()));
    }
    out.println();
    out.println("Stopped the registry. That was everything: no daemon, no file, no account.");
  }

  private void tour(Wire wire) throws IOException, InterruptedException {
    Image image =
        Image.of(
            Layer.of("a base system", Map.of("etc/os-release", "NAME=\"Nothing much\"\n")),
            Layer.of("an application", Map.of("app/hello", "#!/bin/sh\necho hello\n")));

    step("Push an image of two layers to " + REPOSITORY);
    for (Layer layer : image.layers()) {
      Digest digest = wire.pushBlob(REPOSITORY, layer.content().toArray());
      say("layer with " + layer.what(), digest, layer.content().length());
    }
    say(
        "configuration",
        wire.pushBlob(REPOSITORY, image.config().toArray()),
        image.config().length());
    byte[] manifest = image.manifest();
    Digest pushed = wire.pushManifest(REPOSITORY, "v1", manifest);
    say("manifest, which names them all, tagged v1", pushed, manifest.length);

    step("Push an artifact that belongs to the image: a bill of materials");
    byte[] bill = "{\"made of\":[\"nothing much\"]}".getBytes(StandardCharsets.UTF_8);
    say("file", wire.pushBlob(REPOSITORY, bill), bill.length);
    wire.pushBlob(REPOSITORY, Image.emptyConfig());
    byte[] artifact = Image.artifact(BILL, MediaType.JSON, bill, manifest);
    say(
        "manifest of the artifact",
        wire.pushManifest(REPOSITORY, "bill", artifact),
        artifact.length);

    step("List what is there");
    out.println("   repositories      " + wire.text("/v2/_catalog"));
    out.println("   tags              " + wire.text("/v2/" + REPOSITORY + "/tags/list"));
    boolean found = wire.text("/v2/" + REPOSITORY + "/referrers/" + pushed).contains(BILL);
    out.println("   belongs to v1     " + (found ? BILL : "nothing"));

    step("Pull everything back and compare each digest");
    verify(wire, "/manifests/v1", pushed);
    for (Layer layer : image.layers()) {
      verify(wire, "/blobs/" + layer.digest(), layer.digest());
    }
    Digest config = image.config().digest(DigestAlgorithm.SHA256);
    verify(wire, "/blobs/" + config, config);
    verify(wire, "/manifests/bill", Digest.of(DigestAlgorithm.SHA256, artifact));
    Digest billDigest = Digest.of(DigestAlgorithm.SHA256, bill);
    verify(wire, "/blobs/" + billDigest, billDigest);

    step("Delete the image");
    wire.delete("/v2/" + REPOSITORY + "/manifests/" + pushed);
    int status = wire.status("/v2/" + REPOSITORY + "/manifests/v1");
    out.println("   v1 is gone: asking for it answers " + status + ".");
    out.println("   tags              " + wire.text("/v2/" + REPOSITORY + "/tags/list"));
  }

  private void verify(Wire wire, String path, Digest expected)
      throws IOException, InterruptedException {
    byte[] content = wire.pull("/v2/" + REPOSITORY + path);
    if (!Digest.of(DigestAlgorithm.SHA256, content).equals(expected)) {
      throw new IOException("the content of " + path + " is not what was pushed");
    }
    say("is what was pushed", expected, content.length);
  }

  private void step(String what) {
    out.println();
    out.println(what);
  }

  private void say(String what, Digest digest, int bytes) {
    String abbreviated = digest.toString().substring(0, 19);
    out.printf("   %s...  %,5d bytes   %s%n", abbreviated, bytes, what);
  }
}
