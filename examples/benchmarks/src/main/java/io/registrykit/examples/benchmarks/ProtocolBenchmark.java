package io.registrykit.examples.benchmarks;

import io.registrykit.EmbeddedRegistry;
import io.registrykit.Repository;
import io.registrykit.api.ApiRequest;
import io.registrykit.api.ApiResponse;
import io.registrykit.api.Headers;
import io.registrykit.api.RegistryApi;
import io.registrykit.auth.OpenAccess;
import io.registrykit.model.RawManifest;
import io.registrykit.model.RepositoryName;
import io.registrykit.model.Tag;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Set;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.annotations.Warmup;

/** Requests through the whole engine, without a server: route, authorize, read, answer. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ProtocolBenchmark {
  private static final int LAYERS = 10;
  private static final int TAGS = 10_000;
  private static final String REPOSITORY = "warranty-dept/dotnet/build";
  private static final Headers ACCEPT = Headers.of("Accept", "*/*");

  /** Where the content is. */
  @Param({"memory", "fs"})
  public String kind = "memory";

  private Stores.Opened store;
  private RegistryApi api;

  /** Made by JMH. */
  @SuppressWarnings("NullAway.Init") // JMH calls open first
  public ProtocolBenchmark() {}

  /** Fills a repository with an image under ten thousand tags. */
  @Setup
  public void open() throws IOException {
    store = Stores.open(kind);
    EmbeddedRegistry registry = EmbeddedRegistry.builder().store(store.store()).build();
    api = RegistryApi.builder(registry).authorizer(OpenAccess.readWrite()).build();
    Repository repository = registry.repository(RepositoryName.parse(REPOSITORY));
    for (int number : Samples.numbers(LAYERS)) {
      repository.pushBlob(Samples.digest(number), new ByteArrayInputStream(Samples.blob(number)));
    }
    RawManifest image = Samples.image(LAYERS, "v");
    for (int i = 0; i < TAGS; i++) {
      repository.pushManifest(image, Set.of(Tag.parse("v" + i)));
    }
  }

  /** Closes it and deletes its files. */
  @TearDown(Level.Trial)
  public void close() throws IOException {
    store.close();
  }

  /** The version check, which does nothing but route. */
  @Benchmark
  public int ping() throws IOException {
    return answer("GET", "/v2/");
  }

  /** A manifest by its tag. */
  @Benchmark
  public int manifestByTag() throws IOException {
    return answer("GET", "/v2/" + REPOSITORY + "/manifests/v5000");
  }

  /** A look at a blob. */
  @Benchmark
  public int blobHead() throws IOException {
    return answer("HEAD", "/v2/" + REPOSITORY + "/blobs/" + Samples.FIRST);
  }

  /** A small blob. */
  @Benchmark
  public int blobGet() throws IOException {
    return answer("GET", "/v2/" + REPOSITORY + "/blobs/" + Samples.FIRST);
  }

  /** A hundred tags from the middle. */
  @Benchmark
  public int tagsPage() throws IOException {
    return answer("GET", "/v2/" + REPOSITORY + "/tags/list?n=100&last=v5000");
  }

  private int answer(String method, String target) throws IOException {
    try (ApiResponse response = api.handle(ApiRequest.of(method, target).withHeaders(ACCEPT))) {
      if (response.status() != 200) {
        throw new IllegalStateException(method + " " + target + " answered " + response.status());
      }
      if (!method.equals("HEAD")) {
        response.writeTo(OutputStream.nullOutputStream());
      }
      return response.status();
    }
  }
}
