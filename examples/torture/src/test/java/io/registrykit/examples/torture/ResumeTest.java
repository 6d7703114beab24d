package io.registrykit.examples.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrykit.examples.torture.resume.ResumeRun;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Interrupts an upload a few times; {@code run resume.ResumeRun} does it with a gibibyte. */
class ResumeTest {
  private static final long BYTES = 24 << 20;

  @Test
  void anUploadGoesOnWhereTheServerSays(@TempDir Path root) throws Exception {
    long seed = System.nanoTime();
    ResumeRun.Report report = ResumeRun.run(root, BYTES, Scale.kills(), seed, folder -> {});
    System.out.println("seed " + seed + ": " + report.summary());
    assertThat(report.violations()).as("seed %s", seed).isEmpty();
    assertThat(report.kills() + report.hangUps()).isEqualTo(Scale.kills() + 1);
  }

  /** A test that takes wrong bytes would prove nothing. */
  @Test
  void findsAByteThatChangedMeanwhile(@TempDir Path root) throws Exception {
    ResumeRun.Report report = ResumeRun.run(root, BYTES, 1, 1, ResumeTest::changeTheFirstByte);
    assertThat(report.violations())
        .anyMatch(each -> each.contains("the end of the upload answers 400"));
  }

  private static void changeTheFirstByte(Path root) throws IOException {
    for (Path data : dataOfUploads(root)) {
      try (RandomAccessFile file = new RandomAccessFile(data.toFile(), "rw")) {
        int first = file.read();
        file.seek(0);
        file.write(first + 1);
      }
    }
  }

  private static List<Path> dataOfUploads(Path root) throws IOException {
    try (Stream<Path> files = Files.list(root.resolve("uploads"))) {
      return files.filter(file -> file.toString().endsWith(".data")).toList();
    }
  }
}
