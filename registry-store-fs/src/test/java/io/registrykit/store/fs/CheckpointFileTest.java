package io.registrykit.store.fs;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrykit.model.RepositoryName;
import io.registrykit.store.fs.internal.codec.Frame;
import io.registrykit.store.fs.internal.codec.Out;
import io.registrykit.store.fs.internal.files.Disk;
import io.registrykit.store.fs.internal.layout.Layout;
import io.registrykit.store.fs.internal.pool.BlobCounters;
import io.registrykit.store.fs.internal.recovery.CheckpointFile;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CheckpointFileTest {
  private static final RepositoryName A = RepositoryName.parse("a");
  private static final RepositoryName B = RepositoryName.parse("a/b");

  private final Layout layout = new Layout(CrashScenario.ROOT);
  private final Disk disk = new Disk(new CrashDisk(CrashScenario.ROOT, path -> true), true);

  @BeforeEach
  void makeTheFolder() throws IOException {
    disk.createDirectoriesNow(layout.log(), layout.root());
  }

  @Test
  void isReadAsItWasWritten() throws IOException {
    CheckpointFile written =
        new CheckpointFile(7, new BlobCounters.Counts(2, 300), 40, List.of(A, B), List.of(B));
    written.write(disk, layout);
    assertThat(CheckpointFile.read(disk, layout)).isEqualTo(written);
  }

  @Test
  void readsThatOfABuildThatHeldNothing() throws IOException {
    Out out = new Out();
    out.number(7).number(2).number(300).number(40).number(1).text("a");
    disk.replace(layout.checkpoint(), Frame.of(out.toByteArray()));
    assertThat(CheckpointFile.read(disk, layout))
        .isEqualTo(
            new CheckpointFile(7, new BlobCounters.Counts(2, 300), 40, List.of(A), List.of()));
  }
}
