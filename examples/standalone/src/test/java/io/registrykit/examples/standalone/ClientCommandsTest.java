package io.registrykit.examples.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrykit.EmbeddedRegistry;
import io.registrykit.api.RegistryApi;
import io.registrykit.auth.OpenAccess;
import io.registrykit.client.layout.OciLayout;
import io.registrykit.model.Bytes;
import io.registrykit.model.DigestAlgorithm;
import io.registrykit.model.MediaType;
import io.registrykit.model.RawManifest;
import io.registrykit.model.Tag;
import io.registrykit.server.jdk.RegistryServer;
import io.registrykit.store.memory.MemoryStore;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands that talk to a registry, against one in this process. */
class ClientCommandsTest {
  private RegistryServer server;
  private String host;

  @TempDir Path folder;

  @BeforeEach
  void start() throws Exception {
    EmbeddedRegistry registry = EmbeddedRegistry.builder().store(MemoryStore.create()).build();
    server =
        RegistryServer.builder(
                RegistryApi.builder(registry).authorizer(OpenAccess.readWrite()).build())
            .port(0)
            .start();
    host = "127.0.0.1:" + server.port();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String run(int exitCode, String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    assertThat(line.execute(args)).as(err.toString()).isEqualTo(exitCode);
    return out + err.toString();
  }

  private static RawManifest image(OciLayout layout, String tag) {
    Bytes config = Bytes.utf8("{}");
    layout.pushBlob(config.digest(DigestAlgorithm.SHA256), config.asInputStream());
    RawManifest manifest =
        RawManifest.of(
            MediaType.OCI_MANIFEST,
            Bytes.utf8(
                "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\","
                    + "\"config\":{\"mediaType\":\"application/vnd.oci.image.config.v1+json\","
                    + "\"digest\":\""
                    + config.digest(DigestAlgorithm.SHA256)
                    + "\",\"size\":2},\"layers\":[]}"));
    layout.pushManifest(manifest, Set.of(new Tag(tag)));
    return manifest;
  }

  @Test
  void anImageIsPushedCopiedPulledAndDeleted() {
    RawManifest manifest = image(new OciLayout(folder.resolve("from")), "v1");
    String digest = manifest.digest().toString();
    String image = host + "/team/app:v1";
    String copy = host + "/team/copy:v2";
    assertThat(run(0, "push", "--insecure", host, folder.resolve("from").toString(), image))
        .contains(digest);
    assertThat(run(0, "copy", "--dry-run", "--insecure", host, image, copy))
        .contains("mount    blob", "transfer manifest " + digest, "new      tag      v2");
    run(1, "inspect", "--insecure", host, copy);
    assertThat(run(0, "copy", "--insecure", host, image, copy)).contains(digest);
    assertThat(run(0, "copy", "--dry-run", "--insecure", host, image, copy))
        .contains("exists   manifest", "stays    tag      v2", "0 bytes to send");
    assertThat(run(0, "tags", "--insecure", host, copy)).isEqualTo("v2\n");
    assertThat(run(0, "inspect", "--insecure", host, copy)).contains(digest, "schemaVersion");
    run(0, "pull", "--insecure", host, copy, folder.resolve("to").toString());
    assertThat(new OciLayout(folder.resolve("to")).manifest(new Tag("v2"))).contains(manifest);
    run(0, "delete", "--insecure", host, copy);
    assertThat(run(1, "inspect", "--insecure", host, copy)).contains("there is no");
  }

  @Test
  void aTarFileIsPulledAndPushed() {
    RawManifest manifest = image(new OciLayout(folder.resolve("from")), "v1");
    String file = folder.resolve("image.tar").toString();
    run(0, "push", "--insecure", host, folder.resolve("from").toString(), host + "/team/app:v1");
    run(0, "pull", "--insecure", host, host + "/team/app:v1", file);
    assertThat(run(0, "push", "--insecure", host, file, host + "/team/other:v7"))
        .contains(manifest.digest().toString());
  }

  @Test
  void aWholeRegistryGoesToAFileAndToAFolderAndBack() {
    String from = folder.resolve("from").toString();
    RawManifest manifest = image(new OciLayout(folder.resolve("from")), "v1");
    String store = folder.resolve("store").toString();
    String file = folder.resolve("all.tar").toString();
    assertThat(run(0, "import", from, "--root", store, "team/app"))
        .isEqualTo("1 repositories, 1 images, 1 tags\n");
    run(0, "import", from, "--root", store, "team/tool:v2");
    run(0, "export", "--root", store, file);
    assertThat(run(0, "import", "--insecure", host, file, host))
        .isEqualTo("2 repositories, 2 images, 2 tags\n");
    assertThat(run(0, "inspect", "--insecure", host, host + "/team/tool:v2"))
        .contains(manifest.digest().toString());

    String out = folder.resolve("out").toString();
    run(0, "export", "--insecure", host, out, host + "/team/app");
    assertThat(new OciLayout(folder.resolve("out")).manifest(new Tag("v1"))).contains(manifest);
    assertThat(run(1, "import", "--insecure", host, out, host)).contains("no full names");
    assertThat(run(1, "import", "--insecure", host, folder.resolve("none").toString(), host))
        .contains("there is no");
    String docker = folder.resolve("docker.tar").toString();
    run(0, "export", "--insecure", host, "--format", "docker", docker, host + "/team/app:v1");
    assertThat(run(0, "import", "--insecure", host, docker, host)).contains("1 images");
    assertThat(run(1, "export", out)).contains("which registry");
  }
}
