package io.registrykit.server.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrykit.api.ApiResponse;
import io.registrykit.api.Headers;
import io.registrykit.api.RequestHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a store writes in large pieces, and in small ones between them, arrives as it was. */
class LargePiecesTest {
  private static final int[] PIECES = {
    10, 131_072, 131_073, 7, 40_000, 32_768, 32_769, 300_000, 9_000, 131_072, 1
  };
  private static final byte[] CONTENT = content();

  enum Front {
    PLAIN,
    PLAIN_WITHOUT_PROBES,
    TLS
  }

  private static byte[] content() {
    int sum = 0;
    for (int piece : PIECES) {
      sum += piece;
    }
    byte[] content = new byte[sum];
    new Random(7).nextBytes(content);
    return content;
  }

  /** The content in those pieces. */
  private static final class Pieces extends GeneratedContent {
    Pieces() {
      super(CONTENT.length, CONTENT.length);
    }

    @Override
    public long transferTo(long offset, long length, OutputStream out) throws IOException {
      int done = 0;
      for (int piece : PIECES) {
        out.write(CONTENT, done, piece);
        done += piece;
      }
      return done;
    }
  }

  @ParameterizedTest
  @EnumSource(Front.class)
  void arriveAsTheyWere(Front front) throws Exception {
    Tls tls = Tls.selfSigned();
    RequestHandler handler =
        request -> new ApiResponse(200, Headers.empty(), new Pieces().asBody());
    RegistryServer.Builder builder =
        RegistryServer.builder(handler).answerTlsProbes(front != Front.PLAIN_WITHOUT_PROBES);
    if (front == Front.TLS) {
      builder.tls(tls);
    }
    try (RegistryServer server = builder.start()) {
      HttpClient client =
          front == Front.TLS
              ? TlsTest.client(tls, null)
              : HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
      URI uri = URI.create(server.uri() + "/");
      for (int i = 0; i < 5; i++) {
        byte[] body =
            client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofByteArray()).body();
        assertThat(body).isEqualTo(CONTENT);
      }
    }
  }
}
