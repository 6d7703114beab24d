package io.registrykit.store.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.registrykit.model.RepositoryName;
import io.registrykit.store.fs.internal.codec.Frame;
import io.registrykit.store.fs.internal.codec.Out;
import io.registrykit.store.fs.internal.files.Disk;
import io.registrykit.store.fs.internal.layout.Layout;
import io.registrykit.store.fs.internal.names.CatalogMark;
import io.registrykit.store.fs.internal.pool.BlobCounters;
import io.registrykit.store.fs.internal.recovery.CheckpointFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CheckpointFileTest {
  private static final RepositoryName A = RepositoryName.parse("a");
  private static final RepositoryName B = RepositoryName.parse("a/b");

  private final CheckpointFile written =
      new CheckpointFile(
          7,
          new BlobCounters.Counts(2, 300),
          40,
          List.of(A, B),
          List.of(B),
          new CatalogMark(3, 70));
  private final Layout layout = new Layout(CrashScenario.ROOT);
  private final Disk disk = new Disk(new CrashDisk(CrashScenario.ROOT, path -> true), true);

  @BeforeEach
  void makeTheFolder() throws IOException {
    disk.createDirectoriesNow(layout.log(), layout.root());
  }

  @Test
  void isReadAsItWasWritten() throws IOException {
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
            new CheckpointFile(
                7, new BlobCounters.Counts(2, 300), 40, List.of(A), List.of(), CatalogMark.NONE));
  }

  private void damage(Path file) throws IOException {
    byte[] bytes = disk.read(file);
    bytes[20] ^= 4;
    disk.replace(file, bytes);
  }

  @Test
  void isReadFromTheCopyWhenItIsDamaged() throws IOException {
    written.write(disk, layout);
    damage(layout.checkpoint());
    assertThat(CheckpointFile.read(disk, layout)).isEqualTo(written);
    damage(layout.checkpointCopy());
    assertThatThrownBy(() -> CheckpointFile.read(disk, layout))
        .isInstanceOf(IOException.class)
        .hasMessage(layout.checkpoint() + " is damaged");
    disk.ops().delete(layout.checkpoint());
    assertThatThrownBy(() -> CheckpointFile.read(disk, layout))
        .isInstanceOf(IOException.class)
        .hasMessage(layout.checkpoint() + " is missing");
  }

  @Test
  void isReadFromTheCopyWhenItIsMissing() throws IOException {
    written.write(disk, layout);
    disk.ops().delete(layout.checkpoint());
    assertThat(CheckpointFile.read(disk, layout)).isEqualTo(written);
  }

  @Test
  void isDamagedWhereThereIsNoCopy() throws IOException {
    written.write(disk, layout);
    damage(layout.checkpoint());
    disk.ops().delete(layout.checkpointCopy());
    assertThatThrownBy(() -> CheckpointFile.read(disk, layout))
        .isInstanceOf(IOException.class)
        .hasMessage(layout.checkpoint() + " is damaged");
  }

  @Test
  void aStoreThatIsInUseHasOne() throws IOException {
    assertThat(CheckpointFile.read(disk, layout).isFirst()).isTrue();
    disk.createDirectoriesNow(layout.registry(A), layout.root());
    assertThatThrownBy(() -> CheckpointFile.read(disk, layout))
        .isInstanceOf(IOException.class)
        .hasMessage(layout.checkpoint() + " is missing");
    disk.ops().create(layout.segment(1)).close();
    assertThat(CheckpointFile.read(disk, layout).isFirst()).isTrue();
  }
}
