package io.registrykit.store.fs.internal.names;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.registrykit.model.PageRequest;
import io.registrykit.model.RepositoryName;
import io.registrykit.store.fs.SilentLogger;
import io.registrykit.store.fs.internal.files.Disk;
import io.registrykit.store.fs.internal.files.NioFileOps;
import io.registrykit.store.fs.internal.layout.Layout;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CatalogTest {
  private static final PageRequest ALL = new PageRequest(100, null);
  private static final RepositoryName A = RepositoryName.parse("a");
  private static final RepositoryName B = RepositoryName.parse("b");
  private static final RepositoryName C = RepositoryName.parse("c");
  @RegisterExtension static final SilentLogger LOGGER = new SilentLogger(Catalog.class.getName());

  private final FileSystem files = Jimfs.newFileSystem(Configuration.unix());
  private final Layout layout = new Layout(files.getPath("/store"));
  private final Disk disk = new Disk(new NioFileOps(), true);

  @BeforeEach
  void makeTheFolder() throws IOException {
    Files.createDirectory(layout.root());
  }

  @AfterEach
  void close() throws IOException {
    files.close();
  }

  private Catalog open(CatalogMark mark, Catalog.Origin origin) {
    Catalog catalog = new Catalog(new CatalogFile(disk, layout), origin);
    catalog.expect(mark);
    return catalog;
  }

  private static void noneNeeded(BiConsumer<RepositoryName, Presence> visitor) {
    throw new AssertionError("the file was whole");
  }

  private static List<RepositoryName> names(Catalog catalog) throws IOException {
    return catalog.page(ALL, true).items();
  }

  private static void save(Catalog catalog) throws IOException {
    catalog.startSave();
    catalog.save();
  }

  /** Saves two names in a new catalog, and tells how far its file goes then. */
  private CatalogMark filled() throws IOException {
    Catalog catalog = open(CatalogMark.NONE, CatalogTest::noneNeeded);
    catalog.set(A, Presence.LISTED);
    save(catalog);
    catalog.set(B, Presence.HIDDEN);
    save(catalog);
    return catalog.mark();
  }

  private void damage() throws IOException {
    Path file = layout.catalog();
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] ^= 1;
    Files.write(file, bytes);
  }

  @Test
  void hasWhatWasSaved() throws IOException {
    CatalogMark mark = filled();
    Catalog again = open(mark, CatalogTest::noneNeeded);
    assertThat(names(again)).containsExactly(A, B);
    assertThat(again.page(ALL, false).items()).containsExactly(A);
    assertThat(again.mark()).isEqualTo(mark);
    assertThat(again.damage()).isEmpty();
  }

  @Test
  void isAddedToWithoutAList() throws IOException {
    Catalog again = open(filled(), CatalogTest::noneNeeded);
    again.set(C, Presence.LISTED);
    again.set(A, Presence.ABSENT);
    save(again);
    assertThat(names(open(again.mark(), CatalogTest::noneNeeded))).containsExactly(B, C);
  }

  /** The power went after the file was written anew and before the checkpoint knew of it. */
  @Test
  void mayBeOfALaterEditionThanTheCheckpointKnows() throws IOException {
    CatalogMark mark = filled();
    assertThat(names(open(new CatalogMark(mark.edition() - 1, 10_000), CatalogTest::noneNeeded)))
        .containsExactly(A, B);
  }

  @Test
  void keepsWhatChangesWhileItIsMadeAnew() throws Exception {
    CatalogMark mark = filled();
    damage();
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch changed = new CountDownLatch(1);
    Catalog catalog =
        open(
            mark,
            visitor -> {
              visitor.accept(A, Presence.LISTED);
              asked.countDown();
              await(changed);
              visitor.accept(B, Presence.HIDDEN);
            });
    var listed = CompletableFuture.supplyAsync(() -> unchecked(() -> names(catalog)));
    await(asked);
    catalog.set(A, Presence.ABSENT);
    catalog.startSave();
    catalog.set(C, Presence.LISTED);
    var saved = CompletableFuture.supplyAsync(() -> unchecked(() -> saveAndMark(catalog)));
    assertThat(saved).isNotDone();
    changed.countDown();
    assertThat(listed.get(30, TimeUnit.SECONDS)).containsExactly(B, C);
    Catalog again = open(saved.get(30, TimeUnit.SECONDS), CatalogTest::noneNeeded);
    assertThat(names(again)).containsExactly(B, C);
    assertThat(catalog.damage()).hasValueSatisfying(what -> assertThat(what).contains("catalog"));
  }

  @Test
  void isWrittenAnewWhenItVanishes() throws IOException {
    Catalog catalog = open(filled(), CatalogTest::noneNeeded);
    assertThat(names(catalog)).containsExactly(A, B);
    Files.delete(layout.catalog());
    catalog.set(C, Presence.LISTED);
    save(catalog);
    assertThat(names(open(catalog.mark(), CatalogTest::noneNeeded))).containsExactly(A, B, C);
  }

  @Test
  void asksAgainWhenItCouldNotBeMade() throws IOException {
    CatalogMark mark = filled();
    damage();
    int[] tries = new int[1];
    Catalog catalog =
        open(
            mark,
            visitor -> {
              if (tries[0]++ == 0) {
                throw new IOException("Input/output error");
              }
              visitor.accept(A, Presence.LISTED);
            });
    assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> names(catalog)))
        .isInstanceOf(IOException.class);
    assertThat(names(catalog)).containsExactly(A);
  }

  private static CatalogMark saveAndMark(Catalog catalog) throws IOException {
    catalog.save();
    return catalog.mark();
  }

  private interface Call<T> {
    T run() throws IOException;
  }

  private static <T> T unchecked(Call<T> call) {
    try {
      return call.run();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
