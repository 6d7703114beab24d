package io.registrykit.client.internal.tar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.registrykit.client.testing.Tars;
import io.registrykit.error.InvalidContentException;
import io.registrykit.error.LimitException;
import io.registrykit.model.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TarScanTest {
  private static final byte[] CONTENT = "content".getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("a.tar");
  }

  private void isRefused(Tars tar) throws IOException {
    tar.write(file);
    assertThatThrownBy(() -> TarScan.read(file)).isInstanceOf(InvalidContentException.class);
  }

  private String content(Optional<Slice> slice) throws IOException {
    byte[] all = Files.readAllBytes(file);
    int start = (int) slice.orElseThrow().offset();
    byte[] part = Arrays.copyOfRange(all, start, start + (int) slice.orElseThrow().size());
    return new String(part, StandardCharsets.UTF_8);
  }

  @Test
  void everythingIsFoundInAnyOrder() throws IOException {
    String longName = "x/".repeat(100) + "y";
    Tars.builder()
        .folder("./")
        .file("./a", CONTENT)
        .folder("b/")
        .folder("b/")
        .file("empty", new byte[0])
        .file(longName, CONTENT)
        .link("b/c", "../a")
        .hardLink("d", "./b/c")
        .write(file);
    TarIndex tar = TarScan.read(file);
    assertThat(content(tar.find("a"))).isEqualTo("content");
    assertThat(content(tar.find("empty"))).isEmpty();
    assertThat(content(tar.find(longName))).isEqualTo("content");
    assertThat(tar.find("b/c")).isEmpty();
    assertThat(content(tar.follow("./d"))).isEqualTo("content");
    assertThat(tar.links()).containsExactlyInAnyOrder("b/c", "d");
  }

  @Test
  void whatLeadsOutIsRefused() throws IOException {
    isRefused(Tars.builder().file("../a", CONTENT));
    isRefused(Tars.builder().file("a/../../b", CONTENT));
    isRefused(Tars.builder().file("/a", CONTENT));
    isRefused(Tars.builder().link("a", "/etc/passwd"));
    isRefused(Tars.builder().link("a/b", "../../c"));
    isRefused(Tars.builder().hardLink("a", "../b"));
  }

  @Test
  void whatComesTwiceIsRefused() throws IOException {
    isRefused(Tars.builder().file("a", CONTENT).file("./a", CONTENT));
    isRefused(Tars.builder().file("a", CONTENT).link("a", "b"));
    isRefused(Tars.builder().link("a", "b").link("a", "c"));
    isRefused(Tars.builder().device("a"));
  }

  @Test
  void linksInACircleLeadNowhere() throws IOException {
    Tars.builder().link("a", "b").link("b", "a").write(file);
    assertThat(TarScan.read(file).follow("a")).isEmpty();
  }

  @Test
  void absurdSizesAreRefused() throws IOException {
    Tars.builder().file("a", CONTENT).write(file);
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, 512 + 3));
    assertThatThrownBy(() -> TarScan.read(file)).isInstanceOf(InvalidContentException.class);
    Files.write(file, Arrays.copyOf(whole, 100));
    assertThatThrownBy(() -> TarScan.read(file)).isInstanceOf(InvalidContentException.class);
    Tars.builder().longName(new byte[100_000]).file("a", CONTENT).write(file);
    assertThatThrownBy(() -> TarScan.read(file)).isInstanceOf(LimitException.class);
    byte[] name = "a".repeat(5_000).getBytes(StandardCharsets.UTF_8);
    isRefused(Tars.builder().longName(name).file("a", CONTENT));
  }

  @Test
  void otherFilesAreRefused() throws IOException {
    Files.write(file, new byte[0]);
    assertThat(TarScan.read(file).find("a")).isEmpty();
    Files.writeString(file, "no tar".repeat(1000));
    assertThatThrownBy(() -> TarScan.read(file)).isInstanceOf(InvalidContentException.class);
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(CONTENT);
    }
    Files.write(file, packed.toByteArray());
    assertThatThrownBy(() -> TarScan.read(file)).hasMessageContaining("gunzip");
  }

  @Test
  void whatIsDroppedLeavesNothing() throws IOException {
    try (TarAppender tar = new TarAppender(file)) {
      assertThat(tar.append("a", out -> dropped(out))).isEmpty();
      assertThatThrownBy(() -> tar.append("b", out -> failed(out))).isInstanceOf(IOException.class);
      tar.append("c", Bytes.utf8("content"));
      tar.finish();
    }
    assertThat(Tars.names(file)).containsExactly("c");
    assertThat(content(TarScan.read(file).find("c"))).isEqualTo("content");
  }

  private static Optional<String> dropped(OutputStream out) throws IOException {
    out.write(new byte[2000]);
    return Optional.empty();
  }

  private static Optional<String> failed(OutputStream out) throws IOException {
    out.write(new byte[2000]);
    throw new IOException("the source failed");
  }
}
