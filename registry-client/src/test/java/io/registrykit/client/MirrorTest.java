package io.registrykit.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrykit.client.credentials.CredentialProvider;
import io.registrykit.client.credentials.RegistryCredentials;
import io.registrykit.client.testing.Backend;
import io.registrykit.client.testing.Contents;
import io.registrykit.client.testing.MiniRequest;
import io.registrykit.client.testing.MiniServer;
import io.registrykit.client.testing.SampleGraph;
import io.registrykit.model.Digest;
import io.registrykit.model.RawManifest;
import io.registrykit.model.RepositoryName;
import io.registrykit.model.Tag;
import io.registrykit.spi.store.BlobContent;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Mirrors are asked first when reading, named what they stand for, and given nothing. */
class MirrorTest {
  private static final RepositoryName APP = new RepositoryName("team/app");
  private static final Tag V1 = new Tag("v1");

  private final Backend origin = new Backend();
  private final Backend copy = new Backend();
  private final List<String> atOrigin = Collections.synchronizedList(new ArrayList<>());
  private final List<String> atMirror = Collections.synchronizedList(new ArrayList<>());
  private MiniServer originServer;
  private MiniServer mirrorServer;

  @BeforeEach
  void start() throws IOException {
    originServer = serve(origin, atOrigin);
    mirrorServer = serve(copy, atMirror);
  }

  @AfterEach
  void stop() throws IOException {
    originServer.close();
    mirrorServer.close();
  }

  private static MiniServer serve(Backend backend, List<String> seen) throws IOException {
    return MiniServer.start(
        (request, reply) -> {
          seen.add(request + authorization(request));
          Backend.Result result = backend.handle(request, request.body());
          reply.send(result.status(), result.headers(), result.body().toArray());
        });
  }

  private static String authorization(MiniRequest request) {
    return request.headers().first("Authorization").map(text -> " with " + text).orElse("");
  }

  private RegistryClient client(String... mirrors) {
    String host = originServer.host();
    HostOptions options = HostOptions.builder().insecure(true).mirrors(List.of(mirrors)).build();
    RegistryClient.Builder builder =
        RegistryClient.builder()
            .host(host, options)
            .credentials(CredentialProvider.of(host, new RegistryCredentials.Password("me", "pw")))
            .retries(new RetryPolicy(2, Duration.ZERO, Duration.ZERO, Duration.ofSeconds(1)));
    for (String mirror : mirrors) {
      builder.insecure(mirror);
    }
    return builder.build();
  }

  private String ns() {
    return "?ns=" + originServer.host().replace(":", "%3A");
  }

  @Test
  void whatAMirrorHasComesFromThere() throws IOException {
    RawManifest image = SampleGraph.image(copy.registry().repository(APP), 1, 5000, Set.of(V1));
    byte[] layer = Contents.random(1, 5000);
    Digest digest = Contents.digest(layer);
    try (RegistryClient client = client(mirrorServer.host())) {
      RemoteRepository app = client.registry(originServer.host()).repository(APP);
      assertThat(app.manifest(V1)).contains(image);
      assertThat(app.describe(V1)).isPresent();
      try (BlobContent blob = app.blob(digest).orElseThrow();
          InputStream in = blob.openStream(0)) {
        assertThat(in.readAllBytes()).isEqualTo(layer);
      }
    }
    assertThat(atOrigin).isEmpty();
    assertThat(atMirror)
        .containsExactly(
            "GET /v2/team/app/manifests/v1" + ns(),
            "HEAD /v2/team/app/manifests/v1" + ns(),
            "GET /v2/team/app/blobs/" + digest + ns());
  }

  @Test
  void whatAMirrorLacksComesFromTheRegistry() {
    RawManifest image = SampleGraph.image(origin.registry().repository(APP), 1, 5000, Set.of(V1));
    try (RegistryClient client = client(mirrorServer.host())) {
      assertThat(client.registry(originServer.host()).repository(APP).manifest(V1)).contains(image);
    }
    assertThat(atMirror).hasSize(1);
    assertThat(atOrigin).containsExactly("GET /v2/team/app/manifests/v1");
  }

  @Test
  void aMirrorThatIsDownIsPassedOver() throws IOException {
    String down;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      down = "127.0.0.1:" + closed.getLocalPort();
    }
    RawManifest image = SampleGraph.image(copy.registry().repository(APP), 1, 5000, Set.of(V1));
    try (RegistryClient client = client(down, mirrorServer.host())) {
      assertThat(client.registry(originServer.host()).repository(APP).manifest(V1)).contains(image);
    }
    assertThat(atOrigin).isEmpty();
  }

  @Test
  void aMirrorIsNeverWrittenTo() {
    try (RegistryClient client = client(mirrorServer.host())) {
      RemoteRepository app = client.registry(originServer.host()).repository(APP);
      SampleGraph.image(app, 1, 5000, Set.of(V1));
      app.deleteTag(V1);
    }
    assertThat(atMirror).isEmpty();
    assertThat(origin.registry().repository(APP).exists()).isTrue();
  }
}
