package io.registrykit.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrykit.client.testing.Backend;
import io.registrykit.client.testing.Contents;
import io.registrykit.client.testing.MiniServer;
import io.registrykit.client.testing.ProxyServer;
import io.registrykit.model.RepositoryName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Registries without TLS behind a proxy; those with TLS are in {@link TlsTest}. */
class ProxyTest {
  @Test
  void requestsNameTheHostThatOnlyTheProxyKnows() throws IOException {
    Backend backend = new Backend();
    List<String> seen = Collections.synchronizedList(new ArrayList<>());
    try (MiniServer proxy =
        MiniServer.start(
            (request, reply) -> {
              seen.add(request.toString());
              String target = request.target().replaceFirst("^http://registry.invalid(:80)?", "");
              Backend.Result result =
                  backend.handle(
                      request.method(),
                      target,
                      request.headers(),
                      request.body(),
                      request.length());
              reply.send(result.status(), result.headers(), result.body().toArray());
            })) {
      int port = Integer.parseInt(proxy.host().substring(proxy.host().indexOf(':') + 1));
      byte[] bytes = Contents.random(3, 50_000);
      try (RegistryClient client =
          RegistryClient.builder()
              .insecure("registry.invalid")
              .proxies(ProxyServer.selector(port))
              .build()) {
        RemoteRepository app =
            client.registry("registry.invalid").repository(new RepositoryName("team/app"));
        app.pushBlob(Contents.content(bytes));
        assertThat(app.blobSize(Contents.digest(bytes))).hasValue(50_000);
      }
      assertThat(seen).hasSize(4).allMatch(request -> request.contains(" http://registry.invalid"));
      assertThat(proxy.connections()).isEqualTo(1);
    }
  }
}
