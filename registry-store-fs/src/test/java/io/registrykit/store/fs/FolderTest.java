package io.registrykit.store.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose folder it is. */
class FolderTest {
  @TempDir Path temporary;
  private Path root;

  @BeforeEach
  void name() {
    root = temporary.resolve("store");
  }

  @Test
  void isOpenOnce() throws IOException {
    try (FileStore store = FileStore.open(root)) {
      assertThat(store.features()).isNotEmpty();
      assertThatThrownBy(() -> FileStore.open(root))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("another process has the store open");
    }
    FileStore.open(root).close();
  }

  @Test
  void refusesAFolderOfSomethingElse() throws IOException {
    Files.createDirectories(root);
    Files.writeString(root.resolve("letter.txt"), "dear");
    assertThatThrownBy(() -> FileStore.open(root))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("letter.txt");
    assertThat(root.resolve("format")).doesNotExist();
  }

  @Test
  void refusesTheFormatOfAnotherProgram() throws IOException {
    Files.createDirectories(root);
    Files.writeString(root.resolve("format"), "1\n");
    assertThatThrownBy(() -> FileStore.open(root))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("another program's");
  }

  @Test
  void refusesANewerLayout() throws IOException {
    FileStore.open(root).close();
    Path format = root.resolve("format");
    Files.writeString(format, Files.readString(format).replace("layout 1", "layout 2"));
    assertThatThrownBy(() -> FileStore.open(root))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("layout 2")
        .hasMessageContaining("up to 1");
  }

  @Test
  void refusesALogThatIsDamagedBeforeItsEnd() throws IOException {
    Path log = root.resolve("log");
    Path segment;
    Map<Path, byte[]> died = new HashMap<>();
    try (FileStore store = FileStore.open(root)) {
      TestContent.push(store, "one");
      TestContent.push(store, "two");
      try (Stream<Path> files = Files.list(log)) {
        for (Path file : files.toList()) {
          died.put(file, Files.readAllBytes(file));
        }
      }
      segment =
          died.keySet().stream()
              .filter(file -> file.toString().endsWith(".log"))
              .findAny()
              .orElseThrow();
    }
    // As if the process had died: the segment is there, and one of its bits flipped.
    Objects.requireNonNull(died.get(segment))[20] ^= 1;
    Files.delete(log.resolve("clean"));
    for (Map.Entry<Path, byte[]> file : died.entrySet()) {
      Files.write(file.getKey(), file.getValue());
    }
    assertThatThrownBy(() -> FileStore.open(root))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(segment + " is damaged at byte 0");
  }
}
