package io.registrykit.server.jdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the JDK's server does by itself that a registry's clients do not cope with. */
class HttpTrapsTest {
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private RegistryServer server;

  @BeforeEach
  void start() throws IOException {
    server = RegistryServer.builder(new EchoHandler()).start();
  }

  @AfterEach
  void close() {
    server.close();
  }

  private HttpRequest.Builder request(String target) {
    return HttpRequest.newBuilder(URI.create(server.uri() + target))
        .timeout(Duration.ofSeconds(30));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private RawClient raw() throws IOException {
    return new RawClient(server.port());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anErrorIsThereBeforeTheBodyOfItsRequest(boolean front) throws Exception {
    try (RegistryServer other =
            RegistryServer.builder(new EchoHandler()).answerTlsProbes(front).start();
        RawClient one = new RawClient(other.port())) {
      one.send("PUT /unread HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n");
      assertThat(one.readResponse()).startsWith("HTTP/1.1 401 ").endsWith("who are you");
      one.send("12345GET /hello HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(one.readResponse()).endsWith("hello");
    }
  }

  @Test
  void listensOnTheLoopbackAddressUnlessToldOtherwise() {
    assertThat(server.uri().toString()).isEqualTo("http://127.0.0.1:" + server.port());
  }

  @Test
  void aTlsProbeIsAnsweredAtOnceInPlainText() throws Exception {
    byte[] hello = new byte[517];
    hello[0] = 0x16;
    hello[1] = 3;
    hello[2] = 1;
    long best = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      long start = System.nanoTime();
      try (RawClient probe = raw()) {
        String answer = probe.send(hello).readAll(false);
        best = Math.min(best, System.nanoTime() - start);
        assertThat(answer).startsWith("HTTP/1.1 400 ").contains("this port speaks plain HTTP");
      }
    }
    assertThat(TimeUnit.NANOSECONDS.toMillis(best)).isLessThan(100);
  }

  @Test
  void responsesOnOneConnectionAreNotHeldBack() throws Exception {
    try (RawClient one = raw()) {
      long[] nanos = new long[50];
      for (int i = 0; i < nanos.length; i++) {
        long start = System.nanoTime();
        assertThat(one.send("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n").readResponse())
            .endsWith("hello");
        nanos[i] = System.nanoTime() - start;
      }
      // Held back means 40 ms for each once the connection is no longer new; a busy machine may be
      // slow as well, but not every time.
      long fastest =
          java.util.Arrays.stream(nanos, nanos.length / 2, nanos.length).min().orElseThrow();
      assertThat(TimeUnit.NANOSECONDS.toMillis(fastest)).isLessThan(20);
    }
  }

  @Test
  void requestsInOneSegmentAreAllAnswered() throws Exception {
    String get = "GET /hello HTTP/1.1\r\nHost: x\r\n\r\n";
    try (RawClient one = raw()) {
      one.send(get.repeat(3));
      for (int i = 0; i < 3; i++) {
        assertThat(one.readResponse()).endsWith("hello");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/unread", "/unread-empty"})
  void anErrorArrivesThoughTheBodyWasNotRead(String path) throws Exception {
    byte[] body = new byte[50_000_000];
    int status = path.equals("/unread") ? 401 : 413;
    for (BodyPublisher publisher :
        new BodyPublisher[] {
          BodyPublishers.ofByteArray(body),
          BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(body))
        }) {
      HttpResponse<String> response = send(request(path).method("PATCH", publisher));
      assertThat(response.statusCode()).isEqualTo(status);
    }
  }

  @Test
  void aClientThatReadsOnlyWhenAllIsSentGetsTheError() throws Exception {
    try (RawClient one = raw()) {
      one.send("PUT /unread HTTP/1.1\r\nHost: x\r\nContent-Length: 50000000\r\n\r\n");
      byte[] piece = new byte[1_000_000];
      for (int i = 0; i < 50; i++) {
        one.send(piece);
      }
      assertThat(one.readResponse()).startsWith("HTTP/1.1 401 ");
      assertThat(one.send("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n").readResponse())
          .endsWith("hello");
    }
  }

  @Test
  void headHasTheLengthOfGetAndNoBody() throws Exception {
    for (int i = 0; i < 2; i++) {
      HttpResponse<String> response =
          send(request("/hello").method("HEAD", BodyPublishers.noBody()));
      assertThat(response.headers().firstValue("Content-Length")).contains("5");
      assertThat(response.body()).isEmpty();
    }
    try (RawClient one = raw()) {
      one.send("HEAD /hello HTTP/1.1\r\nHost: x\r\n\r\nGET /hello HTTP/1.1\r\nHost: x\r\n\r\n");
      String answers = one.endOutput().readAll(false);
      assertThat(answers.split("HTTP/1.1 200 ", -1)).hasSize(3);
      assertThat(answers).endsWith("\r\n\r\nhello");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/empty", "/created"})
  void anEmptyBodyHasLengthZeroAndIsNotChunked(String path) throws Exception {
    HttpResponse<String> response = send(request(path));
    assertThat(response.headers().firstValue("Content-Length")).contains("0");
    assertThat(response.headers().firstValue("Transfer-Encoding")).isEmpty();
  }

  @Test
  void aStatusWithoutBodyHasNoLength() throws Exception {
    HttpResponse<String> response = send(request("/none"));
    assertThat(response.statusCode()).isEqualTo(204);
    assertThat(response.headers().firstValue("Content-Length")).isEmpty();
    assertThat(send(request("/hello")).body()).isEqualTo("hello");
  }

  @Test
  void everyLineOfAHeaderArrives() throws Exception {
    HttpResponse<String> response =
        send(request("/echo").header("Accept", "a/b").header("Accept", "c/d"));
    assertThat(response.body()).contains("Accept: a/b\n", "Accept: c/d\n");
  }

  @Test
  void aBodyWithExpectContinueArrives() throws Exception {
    HttpResponse<String> response =
        send(
            request("/count")
                .expectContinue(true)
                .POST(BodyPublishers.ofByteArray(new byte[100_000])));
    assertThat(response.body()).isEqualTo("100000");
  }

  @Test
  void aChunkedBodyArrives() throws Exception {
    byte[] body = new byte[300_000];
    HttpResponse<String> response =
        send(
            request("/count")
                .POST(BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(body))));
    assertThat(response.body()).isEqualTo("300000");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/throw", "/error"})
  void aHandlerThatThrowsGivesAnErrorAndKeepsTheConnection(String path) throws Exception {
    try (RawClient one = raw()) {
      String answer = one.send("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n").readResponse();
      assertThat(answer).startsWith("HTTP/1.1 500 ").contains("{\"errors\":[{\"code\":\"UNKNOWN\"");
      assertThat(answer).doesNotContain("on purpose");
      assertThat(one.send("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n").readResponse())
          .endsWith("hello");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/short", "/broken"})
  void aBodyShortOfItsLengthEndsTheConnection(String path) throws Exception {
    assertThatThrownBy(() -> send(request(path))).isInstanceOf(IOException.class);
    try (RawClient one = raw()) {
      String answer = one.send("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n").readAll(true);
      assertThat(answer.toLowerCase(java.util.Locale.ROOT)).contains("content-length: 1000");
      assertThat(answer.length()).isLessThan(1000);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /v2/%zz HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /v2/a|b HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /v2/?n=%zz HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET\r\n\r\n",
        "GET /v2/\r\n\r\n",
        "OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET //v2 HTTP/1.1\r\nHost: x\r\n\r\n",
        "PUT /x HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        "PUT /x HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        "PUT /x HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n",
        "PUT /x HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\n"
      })
  void whatTheJdkRefusesByItselfIsAnErrorDocument(String request) throws Exception {
    try (RawClient one = raw()) {
      String answer = one.send(request).readResponse();
      assertThat(answer).containsPattern("^HTTP/1.1 (400|404|501) ");
      assertThat(answer).contains("application/json", "{\"errors\":[{\"code\":\"");
    }
  }

  @Test
  void thePathIsHandedOnAsItWasSent() throws Exception {
    try (RawClient one = raw()) {
      for (String path : new String[] {"/v2//a", "/v2/../a", "/v2/%2e%2e/a%2Fb", "/v2/a:b@c"}) {
        assertThat(one.send("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n").readResponse())
            .endsWith("no " + path);
      }
    }
  }

  /** Newer updates of the JDK take the start for the name of a host, and refuse it themselves. */
  @Test
  void aPathThatStartsWithTwoSlashesIsNoOtherPath() throws Exception {
    try (RawClient one = raw()) {
      String answer = one.send("GET //v2//a HTTP/1.1\r\nHost: x\r\n\r\n").readResponse();
      assertThat(answer)
          .satisfiesAnyOf(
              ours -> assertThat(ours).endsWith("no //v2//a"),
              refused ->
                  assertThat(refused)
                      .startsWith("HTTP/1.1 400 ")
                      .contains("\"malformed request\""));
    }
  }

  @Test
  void headersOverTheLimitAreRefusedWithAnErrorDocument() throws Exception {
    String filler = "X-Filler: " + "x".repeat(70_000) + "\r\n";
    try (RawClient one = raw()) {
      String answer =
          one.send("GET /hello HTTP/1.1\r\nHost: x\r\n" + filler + "\r\n").readResponse();
      assertThat(answer).startsWith("HTTP/1.1 431 ").contains("{\"errors\":[{\"code\":\"");
    }
  }

  @Test
  void tooManyHeadersEndTheConnection() throws Exception {
    StringBuilder headers = new StringBuilder("GET /hello HTTP/1.1\r\n");
    for (int i = 0; i < 1000; i++) {
      headers.append("X-").append(i).append(": y\r\n");
    }
    try (RawClient one = raw()) {
      assertThat(one.send(headers + "\r\n").readAll(true)).doesNotContain("200");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 1000\r\n\r\nshort",
        "Transfer-Encoding: chunked\r\n\r\n5\r\nshort\r\n"
      })
  void aBodyThatEndsEarlyIsNotTakenForWhole(String rest) throws Exception {
    try (RawClient one = raw()) {
      one.send("PUT /count HTTP/1.1\r\nHost: x\r\n" + rest).endOutput();
      assertThat(one.readAll(true)).doesNotContain("200 OK");
    }
    assertThat(send(request("/hello")).body()).isEqualTo("hello");
  }

  @Test
  void aLargeBodyGoesBothWays() throws Exception {
    long size = 100_000_000;
    HttpResponse<Long> down =
        client.send(
            request("/large?size=" + size).build(),
            info ->
                java.net.http.HttpResponse.BodySubscribers.mapping(
                    java.net.http.HttpResponse.BodySubscribers.ofInputStream(),
                    EchoHandler::count));
    assertThat(down.body()).isEqualTo(size);
    assertThat(send(request("/count").PUT(BodyPublishers.ofByteArray(new byte[(int) size]))).body())
        .isEqualTo(Long.toString(size));
  }
}
