package io.registrykit.client.testing;

import io.registrykit.EmbeddedRegistry;
import io.registrykit.api.ApiRequest;
import io.registrykit.api.ApiResponse;
import io.registrykit.api.Headers;
import io.registrykit.api.Query;
import io.registrykit.api.RegistryApi;
import io.registrykit.auth.OpenAccess;
import io.registrykit.model.Bytes;
import io.registrykit.store.memory.MemoryStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** A real registry in memory behind a server that misbehaves. Safe for use by several threads. */
public final class Backend {
  private final EmbeddedRegistry registry =
      EmbeddedRegistry.builder().store(MemoryStore.create()).build();
  private final RegistryApi api =
      RegistryApi.builder(registry).authorizer(OpenAccess.readWrite()).build();

  public EmbeddedRegistry registry() {
    return registry;
  }

  /** A reply in memory. */
  public record Result(int status, Headers headers, Bytes body) {}

  /** Carries a request out. */
  public Result handle(MiniRequest request, InputStream body) throws IOException {
    return handle(request.method(), request.target(), request.headers(), body, request.length());
  }

  public Result handle(String method, String target, Headers headers, InputStream body, long length)
      throws IOException {
    int question = target.indexOf('?');
    String path = question < 0 ? target : target.substring(0, question);
    Query query = Query.parse(question < 0 ? null : target.substring(question + 1));
    ApiRequest request = new ApiRequest(method, path, query, headers, body, length, "127.0.0.1");
    try (ApiResponse response = api.handle(request)) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      if (!method.equals("HEAD")) {
        response.writeTo(bytes);
      }
      return new Result(response.status(), response.headers(), Bytes.copyOf(bytes.toByteArray()));
    }
  }
}
