package io.registrykit.examples.benchmarks;

import io.registrykit.EmbeddedRegistry;
import io.registrykit.Repository;
import io.registrykit.model.Descriptor;
import io.registrykit.model.RawManifest;
import io.registrykit.model.RepositoryName;
import io.registrykit.model.Tag;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/** Pushing a manifest of ten layers under one of a thousand tags: parse, check, one commit. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CommitBenchmark {
  private static final int LAYERS = 10;
  private static final int TAGS = 1000;

  /** Where it goes. */
  @Param({"memory", "fs"})
  public String kind = "memory";

  private final RawManifest[] images = new RawManifest[TAGS];
  private final AtomicInteger turn = new AtomicInteger();
  private Stores.Opened store;
  private Repository repository;

  /** Made by JMH. */
  @SuppressWarnings("NullAway.Init") // JMH calls open first
  public CommitBenchmark() {}

  /** Opens a store with the blobs that the manifests name. */
  @Setup
  public void open() throws IOException {
    store = Stores.open(kind);
    repository =
        EmbeddedRegistry.builder()
            .store(store.store())
            .build()
            .repository(RepositoryName.parse("warranty-dept/dotnet/build"));
    for (int number : Samples.numbers(LAYERS)) {
      repository.pushBlob(Samples.digest(number), new ByteArrayInputStream(Samples.blob(number)));
    }
    for (int i = 0; i < TAGS; i++) {
      images[i] = Samples.image(LAYERS, "v" + i);
    }
  }

  /** Closes it and deletes its files. */
  @TearDown(Level.Trial)
  public void close() throws IOException {
    store.close();
  }

  /** One push at a time. */
  @Benchmark
  public Descriptor alone() {
    return push();
  }

  /** Sixteen pushes at once into one repository. */
  @Benchmark
  @Threads(16)
  public Descriptor sixteen() {
    return push();
  }

  private Descriptor push() {
    int number = Math.floorMod(turn.getAndIncrement(), TAGS);
    return repository.pushManifest(images[number], Set.of(Tag.parse("v" + number)));
  }
}
