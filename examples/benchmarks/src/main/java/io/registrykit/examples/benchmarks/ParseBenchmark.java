package io.registrykit.examples.benchmarks;

import io.registrykit.RegistryPolicy;
import io.registrykit.manifest.Manifest;
import io.registrykit.manifest.ManifestParser;
import io.registrykit.model.RawManifest;
import io.registrykit.model.RepositoryName;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Parsing what every push and pull parses. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ParseBenchmark {
  private final ManifestParser parser = new ManifestParser(RegistryPolicy.strict());
  private final RawManifest image = Samples.image(10, "v1");
  private final RawManifest index = Samples.index(1000);

  /** An image manifest of ten layers. */
  @Benchmark
  public Manifest image() {
    return parser.parse(image);
  }

  /** An index of a thousand manifests. */
  @Benchmark
  public Manifest index() {
    return parser.parse(index);
  }

  /** A name of three levels. */
  @Benchmark
  public RepositoryName name() {
    return RepositoryName.parse("warranty-dept/dotnet/build");
  }
}
