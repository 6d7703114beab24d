package io.registrykit.internal.auth.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.registrykit.error.BackendException;
import io.registrykit.model.Bytes;
import io.registrykit.spi.store.DocumentStore;
import io.registrykit.store.memory.MemoryDocuments;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Values that are kept. */
class StoredTableTest {
  private final DocumentStore documents = new MemoryDocuments();

  private StoredTable<List<String>> small(@Nullable DocumentStore where) {
    return StoredTable.small(where, "texts", new TextsFormat("texts"));
  }

  private static List<String> with(@Nullable List<String> before, String text) {
    List<String> after = new ArrayList<>(before == null ? List.of() : before);
    after.add(text);
    return List.copyOf(after);
  }

  /** Two tables on the same documents are what two processes are. */
  @Test
  void noChangeIsLost() throws Exception {
    List<StoredTable<List<String>>> processes = List.of(small(documents), small(documents));
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Callable<Void>> writers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        int writer = i;
        writers.add(
            () -> {
              for (int j = 0; j < 50; j++) {
                String text = writer + "-" + j;
                processes.get(writer % 2).change("key", before -> with(before, text));
              }
              return null;
            });
      }
      for (Future<Void> done : threads.invokeAll(writers, 60, TimeUnit.SECONDS)) {
        done.get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(small(documents).get("key")).hasSize(200).doesNotHaveDuplicates();
  }

  @Test
  void aChangeOfAnotherProcessCountsSoon() {
    StoredTable<List<String>> one = small(documents);
    assertThat(one.get("key")).isNull();
    small(documents).change("key", before -> List.of("new"));

    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (one.get("key") == null) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.onSpinWait();
    }
    assertThat(one.get("key")).containsExactly("new");
  }

  @Test
  void aLargeTableSpreadsItsValues() {
    StoredTable<List<String>> table =
        StoredTable.large(documents, "many", new TextsFormat("texts"));
    for (int i = 0; i < 2_000; i++) {
      String name = "token-" + i;
      table.change(name, before -> List.of(name));
    }
    StoredTable<List<String>> again =
        StoredTable.large(documents, "many", new TextsFormat("texts"));

    assertThat(again.size()).isEqualTo(2_000);
    assertThat(again.keys()).hasSize(2_000).contains("token-0", "token-1999");
    assertThat(again.get("token-77")).containsExactly("token-77");
    assertThat(again.get("token-2000")).isNull();
  }

  @Test
  void whatDoesNotFitChangesNothing() {
    StoredTable<List<String>> table = small(documents);
    table.change("key", before -> List.of("old"));
    List<String> tooMuch = Collections.nCopies(2, "x".repeat(DocumentStore.MAX_BYTES / 2));

    assertThatThrownBy(() -> table.change("key", before -> tooMuch))
        .isInstanceOf(BackendException.class);
    assertThat(table.get("key")).containsExactly("old");
    assertThat(small(documents).get("key")).containsExactly("old");
  }

  @Test
  void namesAreTakenAsTheyAre() {
    for (String name : List.of("", "\"", "a\nb", "\u00e9\ud83d\ude00", "key", "format")) {
      small(documents).change(name, before -> List.of(name));
      assertThat(small(documents).get(name)).containsExactly(name);
    }
  }

  @Test
  void withoutDocumentsItLastsAsLongAsTheTable() {
    StoredTable<List<String>> table = small(null);
    table.change("key", before -> List.of("one"));
    table.change("key", before -> with(before, "two"));
    table.change("other", before -> List.of("three"));

    assertThat(table.get("key")).containsExactly("one", "two");
    table.change("key", before -> null);
    assertThat(table.get("key")).isNull();
    assertThat(table.keys()).containsExactly("other");
    assertThat(small(null).get("other")).isNull();
  }

  @Test
  void whatItWritesIsWhatTheDocumentationSays() throws Exception {
    small(documents).change("key", before -> List.of("one"));

    assertThat(documents.read("texts").orElseThrow().content())
        .isEqualTo(
            Bytes.utf8("{\"format\":1,\"entries\":[{\"key\":\"key\",\"texts\":[\"one\"]}]}"));
  }
}
