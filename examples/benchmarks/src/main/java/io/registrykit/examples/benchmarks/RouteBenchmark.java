package io.registrykit.examples.benchmarks;

import io.registrykit.EmbeddedRegistry;
import io.registrykit.api.ApiRequest;
import io.registrykit.api.RegistryApi;
import io.registrykit.auth.OpenAccess;
import io.registrykit.store.memory.MemoryStore;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Finding the endpoint of a path and nothing behind it: the method is one that no endpoint has, so
 * that the answer is 405 with the methods that there are.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class RouteBenchmark {
  private static final int METHOD_NOT_ALLOWED = 405;

  /**
   * The path: short, usual, escaped, and with a name of many levels that looks like an endpoint.
   */
  @Param({
    "/v2/",
    "/v2/warranty-dept/dotnet/build/manifests/latest",
    "/v2/warranty-dept%2Fdotnet/build/tags/list",
    "/v2/a/b/c/d/e/f/blobs/uploads/manifests/blobs/uploads/"
  })
  public String path = "/v2/";

  private ApiRequest request;
  private RegistryApi api;

  /** Made by JMH. */
  @SuppressWarnings("NullAway.Init") // JMH calls open first
  public RouteBenchmark() {}

  /** Makes an empty registry. */
  @Setup
  public void open() {
    EmbeddedRegistry registry = EmbeddedRegistry.builder().store(MemoryStore.create()).build();
    api = RegistryApi.builder(registry).authorizer(OpenAccess.readWrite()).build();
    request = ApiRequest.of("OPTIONS", path);
  }

  /** The route of a path. */
  @Benchmark
  public int route() {
    int status = api.handle(request).status();
    if (status != METHOD_NOT_ALLOWED) {
      throw new IllegalStateException(path + " answered " + status);
    }
    return status;
  }
}
