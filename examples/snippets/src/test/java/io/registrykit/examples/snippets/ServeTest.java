package io.registrykit.examples.snippets;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrykit.EmbeddedRegistry;
import io.registrykit.api.RegistryApi;
import io.registrykit.auth.OpenAccess;
import io.registrykit.client.RegistryClient;
import io.registrykit.client.RemoteRepository;
import io.registrykit.model.Bytes;
import io.registrykit.model.Digest;
import io.registrykit.model.DigestAlgorithm;
import io.registrykit.model.ImageReference;
import io.registrykit.server.jdk.RegistryServer;
import io.registrykit.store.fs.FileStore;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServeTest {

  @Test
  void servesAFolder(@TempDir Path folder) throws IOException {
    // snippet: serve
    try (FileStore store = FileStore.open(folder.resolve("registry"));
        EmbeddedRegistry registry = EmbeddedRegistry.builder().store(store).build();
        RegistryServer server =
            RegistryServer.builder(
                    RegistryApi.builder(registry).authorizer(OpenAccess.readWrite()).build())
                .start()) {
      System.out.println("docker push " + server.uri().getAuthority() + "/team/app:v1");
      pushAndPull(server.uri().getAuthority()); // it serves until this returns
    }
    // end
  }

  private static void pushAndPull(String host) throws IOException {
    Bytes content = Bytes.utf8("hello");
    Digest digest = content.digest(DigestAlgorithm.SHA256);
    // snippet: client
    try (RegistryClient client = RegistryClient.builder().insecure(host).build()) {
      RemoteRepository app = client.repository(ImageReference.parse(host + "/team/app"));
      app.pushBlob(digest, content.asInputStream());
      assertThat(app.blobSize(digest)).hasValue(5);
    }
    // end
  }
}
