package io.registrykit.store.fs;

import io.registrykit.error.RegistryException;
import io.registrykit.model.Bytes;
import io.registrykit.model.Descriptor;
import io.registrykit.model.Digest;
import io.registrykit.model.DigestAlgorithm;
import io.registrykit.model.MediaType;
import io.registrykit.model.RawManifest;
import io.registrykit.model.RepositoryName;
import io.registrykit.model.Tag;
import io.registrykit.spi.store.Attributes;
import io.registrykit.spi.store.BlobUpload;
import io.registrykit.spi.store.Change;
import io.registrykit.spi.store.EventRecord;
import io.registrykit.spi.store.Expected;
import io.registrykit.spi.store.ManifestRecord;
import io.registrykit.spi.store.StoredManifest;
import io.registrykit.spi.store.UploadId;
import io.registrykit.spi.store.UploadSpec;
import io.registrykit.store.fs.internal.files.FileOps;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** A life of a store in steps: pushes, mounts, races, deletes, checkpoints, restarts. */
final class CrashScenario {
  static final Path ROOT = Path.of("/store").toAbsolutePath();
  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
  private static final RepositoryName A = RepositoryName.parse("a");
  private static final RepositoryName B = RepositoryName.parse("a/b");
  private static final byte[] SMALL = random(1, 300);
  private static final byte[] LARGE = random(2, 70_000);
  private static final byte[] RESUMED = random(3, 66_000);
  private static final byte[] EMPTY = new byte[0];

  private final FileOps ops;
  private final List<Step> steps = new ArrayList<>();
  private Engine engine;
  private UploadId upload = UploadId.random();
  private int done;
  private Instant now = START;

  /** One step, which is acknowledged when it returns. */
  interface Step {
    void run() throws IOException;
  }

  CrashScenario(FileOps ops) throws IOException {
    this.ops = ops;
    this.engine = open(ops);
    plan();
  }

  static Engine open(FileOps ops) throws IOException {
    return open(ops, false);
  }

  static Engine open(FileOps ops, boolean withoutLost) throws IOException {
    Clock clock = Clock.fixed(START, ZoneOffset.UTC);
    return Engine.open(
        ops, ROOT, new Engine.Options(Durability.FULL, 100, 4 << 20, clock, withoutLost));
  }

  private static byte[] random(int seed, int length) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static Digest digest(byte[] content) {
    return Digest.of(DigestAlgorithm.SHA256, content);
  }

  List<Step> steps() {
    return steps;
  }

  Engine engine() {
    return engine;
  }

  /** How many steps were acknowledged. */
  int done() {
    return done;
  }

  void runAll() throws IOException {
    while (done < steps.size()) {
      runNext();
    }
  }

  void runNext() throws IOException {
    now = START.plus(Duration.ofMinutes(done));
    steps.get(done).run();
    done++;
  }

  private void plan() {
    Digest m1 = manifest("one", SMALL, LARGE).raw().digest();
    steps.add(() -> push(SMALL));
    steps.add(() -> link(A, SMALL));
    steps.add(() -> push(LARGE));
    steps.add(() -> link(A, LARGE));
    steps.add(() -> tag(A, "v1", manifest("one", SMALL, LARGE)));
    steps.add(() -> mount(B, SMALL));
    steps.add(() -> tag(B, "latest", manifest("two", SMALL)));
    steps.add(() -> engine.checkpoint());
    steps.add(() -> tag(A, "v1", manifest("three", SMALL)));
    steps.add(() -> race(A, "v1", m1));
    steps.add(this::startUpload);
    steps.add(this::restart);
    steps.add(this::finishUpload);
    steps.add(() -> link(B, RESUMED));
    steps.add(() -> push(EMPTY));
    steps.add(() -> engine.repositories().acknowledgeEvents(A, Set.of("v1-one")));
    steps.add(() -> commit(A, new Change.DeleteManifest(m1)));
    steps.add(() -> commit(A, new Change.UnlinkBlob(digest(LARGE), true, null)));
    steps.add(() -> collect(LARGE));
    steps.add(() -> collect(EMPTY));
    steps.add(() -> commit(B, new Change.DeleteRepository()));
    steps.add(() -> engine.repositories().acknowledgeEvents(B, Set.of("latest-two")));
    steps.add(() -> push(LARGE));
    steps.add(() -> link(B, LARGE));
    steps.add(() -> tag(A, "wide", wide()));
    steps.add(() -> engine.checkpoint());
    steps.add(() -> tag(B, "again", manifest("two", LARGE)));
    steps.add(() -> commit(A, new Change.DeleteTag(new Tag("wide"), Expected.anything())));
    steps.add(() -> commit(B, new Change.DeleteRepository()));
    steps.add(() -> engine.repositories().acknowledgeEvents(B, Set.of("again-two")));
    steps.add(() -> engine.checkpoint());
    steps.add(() -> collect(RESUMED));
    steps.add(this::restart);
    steps.add(() -> tag(A, "last", manifest("four", SMALL)));
    steps.add(() -> engine.close());
  }

  private void push(byte[] content) throws IOException {
    push(engine, content, spec());
  }

  private static void push(Engine engine, byte[] content, UploadSpec spec) throws IOException {
    try (BlobUpload started = engine.blobs().begin(spec)) {
      started.append(new java.io.ByteArrayInputStream(content));
      try {
        started.commit(digest(content));
      } catch (RegistryException e) {
        started.abort();
        throw e;
      }
    }
  }

  /** Pushes a blob of its own to a store. */
  static Digest pushRandom(Engine engine, int seed, int size) throws IOException {
    byte[] content = random(1000 + seed, size);
    push(engine, content, new UploadSpec(DigestAlgorithm.SHA256, "somebody", START));
    return digest(content);
  }

  private UploadSpec spec() {
    return new UploadSpec(DigestAlgorithm.SHA256, "somebody", now);
  }

  private void commit(RepositoryName name, Change... changes) throws IOException {
    engine.repositories().commit(name, now, List.of(changes));
  }

  private void link(RepositoryName name, byte[] content) throws IOException {
    commit(name, new Change.LinkBlob(digest(content), content.length));
  }

  private void mount(RepositoryName name, byte[] content) throws IOException {
    if (engine.blobs().touch(digest(content), now)) {
      link(name, content);
    }
  }

  static StoredManifest manifest(String text, byte[]... blobs) {
    return stored(text, Map.of(), blobs);
  }

  /** A manifest whose row makes the journal long enough for a snapshot. */
  private static StoredManifest wide() {
    return stored("wide", Map.of("wide", "w".repeat(70_000)), SMALL);
  }

  private static StoredManifest stored(
      String text, Map<String, String> annotations, byte[]... blobs) {
    RawManifest raw = RawManifest.of(MediaType.OCI_MANIFEST, Bytes.utf8(text));
    Descriptor descriptor =
        new Descriptor(
            MediaType.OCI_MANIFEST, raw.digest(), raw.content().length(), null, annotations);
    Set<Digest> digests = new java.util.HashSet<>();
    for (byte[] blob : blobs) {
      digests.add(digest(blob));
    }
    return new StoredManifest(
        raw,
        new ManifestRecord(descriptor, null, digests, Set.of(), Attributes.UNLOCKED, START, START));
  }

  private void tag(RepositoryName name, String tag, StoredManifest manifest) throws IOException {
    String text = manifest.raw().content().toUtf8();
    commit(
        name,
        new Change.Require(manifest.record().blobs(), Set.of()),
        new Change.PutManifest(manifest),
        new Change.SetTag(new Tag(tag), manifest.raw().digest(), Expected.anything()),
        new Change.Publish(new EventRecord(tag + "-" + text, now, Bytes.utf8("event"))));
  }

  /** Loses. */
  private void race(RepositoryName name, String tag, Digest target) throws IOException {
    commit(name, new Change.SetTag(new Tag(tag), target, Expected.absent()));
  }

  private void startUpload() throws IOException {
    try (BlobUpload started = engine.blobs().begin(spec())) {
      upload = started.id();
      started.append(new java.io.ByteArrayInputStream(RESUMED, 0, 65_900));
    }
  }

  private void finishUpload() throws IOException {
    try (BlobUpload resumed = engine.blobs().resume(upload).orElseThrow()) {
      resumed.append(new java.io.ByteArrayInputStream(RESUMED, 65_900, 100));
      resumed.commit(digest(RESUMED));
    }
  }

  private void collect(byte[] content) throws IOException {
    engine.blobs().deleteIfUntouchedSince(digest(content), START.plus(Duration.ofDays(1)));
  }

  private void restart() throws IOException {
    engine.close();
    engine = open(ops);
  }
}
