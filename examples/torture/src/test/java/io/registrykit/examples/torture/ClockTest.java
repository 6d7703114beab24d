package io.registrykit.examples.torture;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.registrykit.EmbeddedRegistry;
import io.registrykit.EmbeddedRepository;
import io.registrykit.RegistryPolicy;
import io.registrykit.error.InvalidContentException;
import io.registrykit.examples.torture.wire.Blob;
import io.registrykit.examples.torture.wire.Manifest;
import io.registrykit.maintenance.CollectionReport;
import io.registrykit.maintenance.GarbageCollector;
import io.registrykit.maintenance.UploadReaper;
import io.registrykit.model.Bytes;
import io.registrykit.model.Digest;
import io.registrykit.model.DigestAlgorithm;
import io.registrykit.model.MediaType;
import io.registrykit.model.RawManifest;
import io.registrykit.model.RepositoryName;
import io.registrykit.model.Tag;
import io.registrykit.spi.store.BlobUpload;
import io.registrykit.spi.store.UploadId;
import io.registrykit.store.fs.FileStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store, its collector and its reaper under a clock that jumps. */
class ClockTest {
  private static final Blob OLD = Blob.of("pushed and tagged before the clock jumps");
  private static final Blob NEW = Blob.of("pushed before the clock jumps, and not yet tagged");
  private static final Duration LIFETIME = RegistryPolicy.strict().uploadLifetime();

  @TempDir Path root;
  private final JumpingClock clock = new JumpingClock();
  private FileStore store;
  private EmbeddedRegistry registry;
  private UploadId open;

  /** A clock that stands still, and jumps. */
  private static final class JumpingClock extends Clock {
    private Instant now = Instant.parse("2026-03-01T00:00:00Z");

    void jump(Duration by) {
      now = now.plus(by);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  @BeforeEach
  void fill() throws IOException {
    start();
    push(OLD);
    tag(OLD, "old");
    clock.jump(Duration.ofDays(2));
    push(NEW);
    try (BlobUpload upload = repository().startUpload(DigestAlgorithm.SHA256)) {
      open = upload.id();
      upload.append(Bytes.copyOf(half(true)).asInputStream());
    }
  }

  private static byte[] half(boolean first) {
    byte[] whole = "an upload that goes on after the clock jumped".getBytes(UTF_8);
    int middle = whole.length / 2;
    return first ? Arrays.copyOf(whole, middle) : Arrays.copyOfRange(whole, middle, whole.length);
  }

  private void start() throws IOException {
    store = FileStore.at(root).clock(clock).open();
    registry = EmbeddedRegistry.builder().store(store).clock(clock).build();
  }

  @AfterEach
  void stop() throws IOException {
    registry.close();
    store.close();
  }

  private void restart() throws IOException {
    stop();
    start();
  }

  private EmbeddedRepository repository() {
    return registry.repository(RepositoryName.parse("clock/app"));
  }

  private void push(Blob blob) {
    repository().pushBlob(Digest.parse(blob.digest()), Bytes.copyOf(blob.bytes()).asInputStream());
  }

  private void tag(Blob blob, String tag) {
    Bytes image = Bytes.copyOf(Manifest.image(blob, java.util.List.of()).bytes());
    repository().pushManifest(RawManifest.of(MediaType.OCI_MANIFEST, image), Set.of(new Tag(tag)));
  }

  private CollectionReport collect() {
    return GarbageCollector.builder(store).clock(clock).build().collect();
  }

  private int reap() {
    return new UploadReaper(store.blobs(), LIFETIME, clock).reap();
  }

  private void finishUpload() throws IOException {
    try (BlobUpload upload = repository().resumeUpload(open)) {
      upload.append(Bytes.copyOf(half(false)).asInputStream());
      Digest digest =
          Digest.parse(
              Blob.of(new String(half(true), UTF_8) + new String(half(false), UTF_8)).digest());
      repository().finishUpload(upload, digest);
    }
  }

  private void assertTagged(String tag, Blob blob) {
    assertThat(repository().manifest(new Tag(tag))).isPresent();
    assertThat(repository().blobSize(Digest.parse(blob.digest()))).hasValue(blob.bytes().length);
  }

  @Test
  void backByThreeHoursTakesNothing() throws IOException {
    clock.jump(Duration.ofHours(-3));
    assertThat(reap()).isZero();
    assertThat(collect().deletedBlobs()).isZero();
    restart();
    assertThat(collect().deletedBlobs()).isZero();
    finishUpload();
    tag(NEW, "new");
    assertTagged("new", NEW);
    assertTagged("old", OLD);
  }

  @Test
  void aheadWithinTheGraceTakesNothing() throws IOException {
    clock.jump(Duration.ofHours(23));
    assertThat(reap()).isZero();
    assertThat(collect().deletedBlobs()).isZero();
    restart();
    finishUpload();
    tag(NEW, "new");
    assertTagged("new", NEW);
  }

  @Test
  void aheadByAWeekRefusesWhatItTookAndKeepsWhatIsTagged() throws IOException {
    clock.jump(Duration.ofDays(7).plusSeconds(1));
    assertThat(reap()).isEqualTo(1);
    assertThat(collect().deletedBlobs()).isEqualTo(1);
    assertThatThrownBy(() -> tag(NEW, "new")).isInstanceOf(InvalidContentException.class);
    push(NEW);
    tag(NEW, "new");
    restart();
    clock.jump(Duration.ofDays(-7));
    assertThat(collect().deletedBlobs()).isZero();
    restart();
    assertThat(collect().deletedBlobs()).isZero();
    assertTagged("new", NEW);
    assertTagged("old", OLD);
  }
}
