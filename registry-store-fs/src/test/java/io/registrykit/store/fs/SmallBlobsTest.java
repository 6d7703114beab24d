package io.registrykit.store.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.registrykit.model.Digest;
import io.registrykit.model.DigestAlgorithm;
import io.registrykit.spi.store.BlobContent;
import io.registrykit.spi.store.BlobUpload;
import io.registrykit.spi.store.UploadSpec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small blobs and uploads that take no files, and must not be seen to do so. */
class SmallBlobsTest {
  private static final byte[] CONTENT = "content".getBytes(StandardCharsets.UTF_8);
  private static final Digest DIGEST = Digest.of(DigestAlgorithm.SHA256, CONTENT);

  @TempDir Path folder;

  private static BlobUpload begin(FileStore store) throws IOException {
    return store
        .blobs()
        .begin(
            new UploadSpec(
                DigestAlgorithm.SHA256, "somebody", Instant.parse("2026-01-01T00:00:00Z")));
  }

  private static void push(FileStore store) throws IOException {
    try (BlobUpload upload = begin(store)) {
      upload.append(new ByteArrayInputStream(CONTENT));
      upload.commit(DIGEST);
    }
  }

  private static byte[] read(FileStore store) throws IOException {
    try (BlobContent content = store.blobs().open(DIGEST).orElseThrow()) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      content.transferTo(0, content.size(), out);
      assertThat(content.openStream(2).readAllBytes())
          .isEqualTo("ntent".getBytes(StandardCharsets.UTF_8));
      return out.toByteArray();
    }
  }

  @Test
  void readsTheSameBytesFromFileAndFromMemory() throws IOException {
    try (FileStore store = FileStore.open(folder)) {
      push(store);
      assertThat(read(store)).isEqualTo(CONTENT);
      assertThat(read(store)).isEqualTo(CONTENT);
    }
  }

  @Test
  void hasNoBlobThatWasDeletedThoughItsBytesAreInMemory() throws IOException {
    try (FileStore store = FileStore.open(folder)) {
      push(store);
      read(store);
      assertThat(store.blobs().deleteIfUntouchedSince(DIGEST, Instant.MAX)).isTrue();
      assertThat(store.blobs().open(DIGEST)).isEmpty();
    }
  }

  @Test
  void keepsContentThatIsOpenWhenItsBlobGoes() throws IOException {
    try (FileStore store = FileStore.open(folder)) {
      push(store);
      read(store);
      BlobContent open = store.blobs().open(DIGEST).orElseThrow();
      store.blobs().deleteIfUntouchedSince(DIGEST, Instant.MAX);
      assertThat(open.openStream(0).readAllBytes()).isEqualTo(CONTENT);
      open.close();
      assertThatThrownBy(() -> open.openStream(0)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void writesNoFileForAnUploadWithoutBytes() throws IOException {
    try (FileStore store = FileStore.open(folder)) {
      begin(store).close();
      try (Stream<Path> files = Files.list(folder.resolve("uploads"))) {
        assertThat(files).isEmpty();
      }
    }
    try (FileStore store = FileStore.open(folder)) {
      assertThat(store.blobs().usage().uploads()).isEqualTo(1);
    }
  }
}
