package io.registrykit.store.fs.internal.uploads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.registrykit.error.BackendException;
import io.registrykit.store.fs.internal.files.Disk;
import io.registrykit.store.fs.internal.files.FileHandle;
import io.registrykit.store.fs.internal.files.FileOps;
import io.registrykit.store.fs.internal.files.Health;
import io.registrykit.store.fs.internal.files.NioFileOps;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriteOutTest {
  private static final int STEP = 1000;

  @TempDir private Path folder;
  private final Health health = new Health();
  private final WriteOut writeOut = new WriteOut(health, 1, STEP);

  @AfterEach
  void close() {
    writeOut.close();
  }

  /** A file whose syncs wait for a signal, and may fail. */
  private static final class SlowFile implements FileHandle {
    final CountDownLatch go = new CountDownLatch(1);
    final AtomicInteger forced = new AtomicInteger();
    final @Nullable IOException failure;
    volatile boolean closed;

    SlowFile(@Nullable IOException failure) {
      this.failure = failure;
    }

    @Override
    public int read(ByteBuffer target, long position) {
      return -1;
    }

    @Override
    public void write(ByteBuffer source, long position) {
      source.position(source.limit());
    }

    @Override
    public void force(boolean metadata) throws IOException {
      try {
        if (!go.await(30, TimeUnit.SECONDS)) {
          throw new IOException("nobody gave the signal");
        }
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      forced.incrementAndGet();
      if (failure != null) {
        throw failure;
      }
    }

    @Override
    public void truncate(long size) {}

    @Override
    public long size() {
      return 0;
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  /** Makes every file the given one. */
  private UploadData data(FileHandle file) {
    FileOps ops =
        (FileOps)
            Proxy.newProxyInstance(
                FileOps.class.getClassLoader(),
                new Class<?>[] {FileOps.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("create")) {
                    return file;
                  }
                  throw new UnsupportedOperationException(method.getName());
                });
    Disk disk = new Disk(ops, true);
    return new UploadData(disk, folder.resolve("data"), false, 0, writeOut);
  }

  @Test
  void beginsAfterEachStepAndSyncsAtTheEndAllTheSame() throws Exception {
    SlowFile file = new SlowFile(null);
    file.go.countDown();
    UploadData data = data(file);
    data.write(new byte[STEP - 1], STEP - 1, 0);
    assertThat(file.forced).hasValue(0);
    data.write(new byte[1], 1, STEP - 1);
    data.finish(true);
    assertThat(file.forced).hasValue(2);
  }

  @Test
  void aFileIsClosedOnlyWhenTheDiskIsDoneWithIt() throws Exception {
    SlowFile file = new SlowFile(null);
    UploadData data = data(file);
    data.write(new byte[STEP], STEP, 0);
    Thread closing =
        new Thread(
            () -> {
              try {
                data.close();
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });
    closing.start();
    assertThat(file.closed).isFalse();
    file.go.countDown();
    closing.join(TimeUnit.SECONDS.toMillis(30));
    assertThat(file.forced).hasValue(1);
    assertThat(file.closed).isTrue();
  }

  @Test
  void afterAnEarlySyncThatFailedNothingIsAcknowledged() throws Exception {
    SlowFile file = new SlowFile(new IOException("Input/output error"));
    UploadData data = data(file);
    data.write(new byte[STEP], STEP, 0);
    file.go.countDown();
    assertThatThrownBy(() -> data.finish(true)).hasMessageContaining("Input/output error");
    assertThatThrownBy(health::ensureWritable).isInstanceOf(BackendException.class);
    assertThat(file.forced).hasValue(1);
  }

  @Test
  void withoutThreadsEverythingIsLeftToTheEnd() throws Exception {
    try (WriteOut none = new WriteOut(health, 0, STEP)) {
      Future<?> begun = none.begin(new Disk(new NioFileOps(), true), new SlowFile(null));
      assertThat(begun).isNull();
      assertThat(none.isWorth(Long.MAX_VALUE)).isFalse();
    }
  }
}
