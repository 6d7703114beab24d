package io.registrykit.store.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.registrykit.model.Bytes;
import io.registrykit.spi.store.DocumentStore;
import io.registrykit.spi.store.DocumentStore.Document;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileDocumentsTest {
  @TempDir private Path folder;
  private DocumentStore documents;

  @BeforeEach
  void open() throws Exception {
    documents = FileDocuments.open(folder.resolve("a/b"));
  }

  @Test
  void keepsWhatWasWritten() throws Exception {
    assertThat(documents.read("keys")).isEmpty();
    assertThat(documents.write("keys", Bytes.utf8("one"), null)).isTrue();
    assertThat(documents.write("keys", Bytes.utf8("two"), null)).isFalse();
    Document one = documents.read("keys").orElseThrow();
    assertThat(one.content()).isEqualTo(Bytes.utf8("one"));
    assertThat(one.toString()).doesNotContain("one");
    assertThat(documents.write("keys", Bytes.utf8("two"), "other")).isFalse();
    assertThat(documents.write("keys", Bytes.utf8("two"), one.version())).isTrue();
    assertThat(documents.write("keys", Bytes.utf8("three"), one.version())).isFalse();
    assertThat(FileDocuments.open(folder.resolve("a/b")).read("keys").orElseThrow().content())
        .isEqualTo(Bytes.utf8("two"));
    assertThat(documents.write("other", Bytes.utf8("x"), one.version())).isFalse();
  }

  @Test
  void onlyTheOwnerReads() throws Exception {
    documents.write("keys", Bytes.utf8("one"), null);
    try (Stream<Path> files = Files.list(folder.resolve("a/b"))) {
      assertThat(files.filter(file -> file.toString().endsWith(".document")))
          .singleElement()
          .satisfies(
              file ->
                  assertThat(Files.getPosixFilePermissions(file))
                      .containsOnly(
                          PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));
    }
  }

  @Test
  void namesDoNotLeaveTheFolder() {
    for (String name : List.of("", "..", "../x", "a/b", "A", "a.b", "x".repeat(65))) {
      assertThatThrownBy(() -> documents.read(name)).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> documents.write(name, Bytes.empty(), null))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(
            () -> documents.write("big", Bytes.copyOf(new byte[DocumentStore.MAX_BYTES + 1]), null))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void oneOfManyWritersWins() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Callable<Boolean>> writers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        DocumentStore own = documents;
        Bytes content = Bytes.utf8("writer " + i);
        writers.add(() -> own.write("keys", content, null));
      }
      int winners = 0;
      for (Future<Boolean> written : threads.invokeAll(writers, 30, TimeUnit.SECONDS)) {
        winners += written.get() ? 1 : 0;
      }
      assertThat(winners).isOne();
    } finally {
      threads.shutdownNow();
    }
  }
}
