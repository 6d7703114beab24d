package io.registrykit.client.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrykit.client.testing.Contents;
import io.registrykit.model.Bytes;
import io.registrykit.model.MediaType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The bytes of layers: pinned, so that another JDK, system or library that changes them is seen.
 */
class LayerBytesTest {
  @TempDir Path folder;

  /** About 3 MB of words: several blocks, and something to compress. */
  private static byte[] text() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 300_000; i++) {
      text.append("word").append(i * 7919 % 10_007).append(i % 11 == 0 ? '\n' : ' ');
    }
    return Bytes.utf8(text.toString()).toArray();
  }

  private LayerBuilder builder() throws IOException {
    Path tree = Files.createDirectories(folder.resolve("tree/sub"));
    Files.write(tree.resolve("words.txt"), text());
    Files.write(tree.resolve("noise"), Contents.random(11, 200_000));
    Files.write(tree.resolve("zeros"), new byte[500_000]);
    return new LayerBuilder()
        .add(folder.resolve("tree"), "opt/tree")
        .add("bin/run", Bytes.utf8("#!/bin/sh\n"), true)
        .time(Instant.parse("2026-01-02T03:04:05.678Z"));
  }

  @Test
  void gzipIsTheSameEverywhere() throws IOException {
    Layer layer = builder().build(folder.resolve("layer"));
    assertThat(layer.mediaType()).isEqualTo(MediaType.OCI_LAYER_GZIP);
    assertThat(layer.diffId().hex())
        .isEqualTo("9a7fe8e88be81319dd17d4a065705d5ce20fbc3b4f3aaad480ce34a85bb45f72");
    assertThat(layer.content().digest().hex())
        .isEqualTo("ebc94ad4459ce8821e008151dd8d9b674c16eabd4bc5279f65859cb4eb367dad");
  }

  /** Not on every system: the library brings its own code for each, and one version is pinned. */
  @Test
  void zstdIsTheSameWithOneVersionOfItsLibrary() throws IOException {
    Layer layer = builder().compression(Compression.ZSTD).build(folder.resolve("layer"));
    assertThat(layer.mediaType().value()).isEqualTo("application/vnd.oci.image.layer.v1.tar+zstd");
    assertThat(layer.diffId().hex())
        .isEqualTo("9a7fe8e88be81319dd17d4a065705d5ce20fbc3b4f3aaad480ce34a85bb45f72");
    assertThat(layer.content().digest().hex())
        .isEqualTo("b7d15125958ae71149780a0d085d249f903b8ecf3695a23a72bdc11e52cdedaa");
  }

  @Test
  void whatIsCompressedComesBack() throws IOException {
    for (Compression compression : Compression.values()) {
      Layer layer = builder().compression(compression).build(folder.resolve("layer"));
      Path out = Files.createDirectories(folder.resolve("out-" + compression));
      try (InputStream in = layer.content().openStream(0)) {
        new LayerUnpacker(UnpackLimits.standard()).unpack(in, out);
      }
      assertThat(out.resolve("opt/tree/sub/words.txt")).hasBinaryContent(text());
      assertThat(out.resolve("opt/tree/sub/noise")).hasBinaryContent(Contents.random(11, 200_000));
      assertThat(out.resolve("bin/run")).isExecutable();
    }
  }

  @Test
  void gzipIsWhatTheJdkReadsInEverySize() throws IOException {
    for (int size : new int[] {0, 1, 2, 100, 32_767, 32_768, 65_537, 1_000_003}) {
      byte[] bytes = size % 2 == 0 ? new byte[size] : Contents.random(size, size);
      ByteArrayOutputStream compressed = new ByteArrayOutputStream();
      try (OutputStream gzip = new PlainGzip(compressed)) {
        for (int at = 0; at < size; at += 1000) {
          gzip.write(bytes, at, Math.min(1000, size - at));
        }
      }
      byte[] result = compressed.toByteArray();
      assertThat(new GZIPInputStream(new ByteArrayInputStream(result)).readAllBytes())
          .isEqualTo(bytes);
      assertThat(result.length).isLessThan(size + size / 1000 + 50);
    }
  }

  @Test
  void withoutItsLibraryZstdIsRefusedByName() throws Exception {
    List<URL> others = new ArrayList<>();
    String all =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    for (String entry : all.split(java.io.File.pathSeparator, -1)) {
      if (!entry.contains("zstd-jni")) {
        others.add(Path.of(entry).toUri().toURL());
      }
    }
    try (URLClassLoader loader =
        new URLClassLoader(others.toArray(new URL[0]), ClassLoader.getPlatformClassLoader())) {
      Callable<?> attempt =
          (Callable<?>)
              loader.loadClass(WithoutZstd.class.getName()).getDeclaredConstructor().newInstance();
      assertThat(attempt.call())
          .hasToString(
              "UnsupportedException: UNSUPPORTED: layers of zstd need the library"
                  + " com.github.luben:zstd-jni, twice");
    }
  }

  /** Tries to compress and to unpack; loaded where the library is not. */
  public static final class WithoutZstd implements Callable<String> {
    /** For reflection. */
    public WithoutZstd() {}

    @Override
    public String call() throws Exception {
      Path folder = Files.createTempDirectory("zstd");
      Path file = folder.resolve("layer");
      String first = failure(() -> new LayerBuilder().compression(Compression.ZSTD).build(file));
      InputStream zstd =
          new ByteArrayInputStream(new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0, 0});
      String second =
          failure(
              () -> {
                new LayerUnpacker(UnpackLimits.standard()).unpack(zstd, folder);
                return "unpacked";
              });
      boolean nothingWritten = Files.notExists(file);
      Files.delete(folder);
      return first.equals(second) && nothingWritten ? first + ", twice" : first + ", " + second;
    }

    private static String failure(Callable<?> attempt) {
      try {
        return "no failure but " + attempt.call();
      } catch (Exception e) {
        return e.getClass().getSimpleName() + ": " + e.getMessage();
      }
    }
  }
}
