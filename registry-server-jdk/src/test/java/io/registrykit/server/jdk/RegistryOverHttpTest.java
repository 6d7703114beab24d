package io.registrykit.server.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrykit.EmbeddedRegistry;
import io.registrykit.api.RegistryApi;
import io.registrykit.auth.OpenAccess;
import io.registrykit.model.Bytes;
import io.registrykit.model.DigestAlgorithm;
import io.registrykit.spi.auth.Authorizer;
import io.registrykit.store.memory.MemoryStore;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The engine behind the server: what depends on both. */
class RegistryOverHttpTest {
  private static final byte[] FIFTY_MB = new byte[50_000_000];

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private static RegistryServer start(Authorizer authorizer) throws IOException {
    EmbeddedRegistry registry = EmbeddedRegistry.builder().store(MemoryStore.create()).build();
    RegistryApi.Builder api = RegistryApi.builder(registry).authorizer(authorizer);
    if (!(authorizer instanceof OpenAccess)) {
      api.authenticator(credentials -> java.util.Optional.empty());
    }
    return RegistryServer.builder(api.build()).start();
  }

  private HttpResponse<String> send(
      RegistryServer server, String method, String target, BodyPublisher body) throws Exception {
    URI uri = server.uri().resolve(target);
    return client.send(
        HttpRequest.newBuilder(uri)
            .header("Content-Type", "application/vnd.oci.image.manifest.v1+json")
            .method(method, body)
            .build(),
        BodyHandlers.ofString());
  }

  @Test
  void aBlobOfNoBytesGoesInAndOut() throws Exception {
    String digest = Bytes.empty().digest(DigestAlgorithm.SHA256).toString();
    try (RegistryServer server = start(OpenAccess.readWrite())) {
      HttpResponse<String> pushed =
          send(server, "POST", "/v2/a/b/blobs/uploads/?digest=" + digest, BodyPublishers.noBody());
      assertThat(pushed.statusCode()).isEqualTo(201);
      for (String method : new String[] {"GET", "HEAD"}) {
        HttpResponse<String> pulled =
            send(server, method, "/v2/a/b/blobs/" + digest, BodyPublishers.noBody());
        assertThat(pulled.statusCode()).isEqualTo(200);
        assertThat(pulled.headers().firstValue("Content-Length")).contains("0");
        assertThat(pulled.body()).isEmpty();
      }
    }
  }

  @Test
  void anUploadWithoutPermissionIsToldSoThoughItIsLarge() throws Exception {
    try (RegistryServer server = start((principal, requested) -> Set.of())) {
      HttpResponse<String> refused =
          send(
              server,
              "PATCH",
              "/v2/a/b/blobs/uploads/6f2c1c1e-8a43-4c5f-9f0e-0d3a1ad0a5b4",
              BodyPublishers.ofByteArray(FIFTY_MB));
      assertThat(refused.statusCode()).isEqualTo(401);
      assertThat(refused.body()).contains("UNAUTHORIZED");
      assertThat(refused.headers().firstValue("WWW-Authenticate")).isPresent();
    }
  }

  @Test
  void aManifestThatIsTooLargeIsToldSo() throws Exception {
    try (RegistryServer server = start(OpenAccess.readWrite())) {
      HttpResponse<String> refused =
          send(server, "PUT", "/v2/a/b/manifests/v1", BodyPublishers.ofByteArray(FIFTY_MB));
      assertThat(refused.statusCode()).isEqualTo(413);
      assertThat(refused.body()).contains("{\"errors\":[");
    }
  }

  @Test
  void anUploadSessionThatIsUnknownIsToldSoThoughTheBodyIsLarge() throws Exception {
    try (RegistryServer server = start(OpenAccess.readWrite())) {
      HttpResponse<String> refused =
          send(
              server,
              "PATCH",
              "/v2/a/b/blobs/uploads/6f2c1c1e-8a43-4c5f-9f0e-0d3a1ad0a5b4",
              BodyPublishers.ofByteArray(FIFTY_MB));
      assertThat(refused.statusCode()).isEqualTo(404);
      assertThat(refused.body()).contains("BLOB_UPLOAD_UNKNOWN");
    }
  }
}
