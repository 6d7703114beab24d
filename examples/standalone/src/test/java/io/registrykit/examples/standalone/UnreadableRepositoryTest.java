package io.registrykit.examples.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrykit.model.Bytes;
import io.registrykit.model.Digest;
import io.registrykit.model.DigestAlgorithm;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way back that the page of the store's layout names for a repository that is damaged. */
class UnreadableRepositoryTest {
  private static final List<String> TAGS = List.of("v1", "v2", "v3");

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;
  private String root;
  private Path files;

  private int run(String... args) {
    out.getBuffer().setLength(0);
    return Main.commandLine(args)
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(args);
  }

  /** Damages one of two repositories that have the same three images. */
  @BeforeEach
  void damage() throws IOException {
    root = folder.resolve("store").toString();
    files = folder.resolve("store/repos/team/app");
    Path layout = layout();
    assertThat(run("import", "--root", root, layout.toString(), "team/app")).isZero();
    assertThat(run("import", "--root", root, layout.toString(), "other")).isZero();
    Path journal = files.resolve("_reg/journal");
    byte[] bytes = Files.readAllBytes(journal);
    bytes[bytes.length / 3] ^= 1;
    Files.write(journal, bytes);
  }

  private Path layout() throws IOException {
    Path layout = folder.resolve("layout");
    Files.createDirectories(layout.resolve("blobs/sha256"));
    Digest config = put(layout, "{}");
    StringBuilder index = new StringBuilder();
    for (String tag : TAGS) {
      Digest layer = put(layout, "layer of " + tag);
      String manifest =
          """
          {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",
           "config":{"mediaType":"application/vnd.oci.empty.v1+json","digest":"%s","size":2},
           "layers":[{"mediaType":"application/x-layer","digest":"%s","size":11}]}
          """
              .formatted(config, layer);
      index.append(
          """
          %s{"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"%s","size":%d,
             "annotations":{"org.opencontainers.image.ref.name":"%s"}}
          """
              .formatted(
                  index.isEmpty() ? "" : ",", put(layout, manifest), manifest.length(), tag));
    }
    Files.writeString(
        layout.resolve("index.json"), "{\"schemaVersion\":2,\"manifests\":[" + index + "]}");
    Files.writeString(layout.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
    return layout;
  }

  private static Digest put(Path layout, String content) throws IOException {
    Digest digest = Bytes.utf8(content).digest(DigestAlgorithm.SHA256);
    Files.writeString(layout.resolve("blobs/sha256/" + digest.hex()), content);
    return digest;
  }

  @Test
  void aCollectionSaysWhichFileStopsIt() {
    assertThat(run("gc", "--root", root)).isEqualTo(1);
    assertThat(err.toString())
        .contains(files.resolve("_reg/journal") + " is damaged")
        .doesNotContain("\tat ");
  }

  @Test
  void allItsTagsComeBackFromItsImageLayout() throws IOException {
    assertThat(run("fsck", "--root", root, "--repair")).isEqualTo(1);
    assertThat(out.toString()).contains("REPOSITORY_UNREADABLE team/app").contains("0 repaired");
    Path moved = folder.resolve("moved");
    Files.move(files.resolve("_oci"), moved);
    deleteAll(files.resolve("_reg"));
    assertThat(run("fsck", "--root", root, "--repair")).isZero();
    assertThat(out.toString()).contains("REPOSITORY_UNLISTED team/app").contains("1 repaired");
    assertThat(run("import", "--root", root, moved.toString(), "team/app")).isZero();
    assertThat(out.toString()).contains("3 images, 3 tags");
    assertThat(run("fsck", "--root", root)).isZero();
    assertThat(run("gc", "--root", root)).isZero();
    Path exported = folder.resolve("exported");
    assertThat(run("export", "--root", root, exported.toString(), "team/app")).isZero();
    assertThat(Files.readString(exported.resolve("index.json"))).contains(TAGS);
  }

  private static void deleteAll(Path folder) throws IOException {
    try (var entries = Files.walk(folder)) {
      for (Path entry : entries.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(entry);
      }
    }
  }
}
