package io.registrykit.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.registrykit.EmbeddedRegistry;
import io.registrykit.api.ApiResponse;
import io.registrykit.api.RegistryApi;
import io.registrykit.auth.OpenAccess;
import io.registrykit.error.ErrorCode;
import io.registrykit.error.LimitException;
import io.registrykit.error.NotFoundException;
import io.registrykit.model.Bytes;
import io.registrykit.spi.auth.Action;
import io.registrykit.spi.auth.Credentials;
import io.registrykit.store.memory.MemoryStore;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DispatcherTest {
  private static final Pattern INCIDENT = Pattern.compile("\"incident\":\"([0-9a-f-]{36})\"");

  private final EmbeddedRegistry registry =
      EmbeddedRegistry.builder().store(MemoryStore.create()).build();

  private final Logger logger = Logger.getLogger("io.registrykit.api");
  private final List<LogRecord> logged = new ArrayList<>();
  private final Handler collector =
      new Handler() {
        @Override
        public void publish(LogRecord record) {
          logged.add(record);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void collectTheLog() {
    logger.setUseParentHandlers(false);
    logger.addHandler(collector);
  }

  @AfterEach
  void leaveTheLog() {
    logger.removeHandler(collector);
    logger.setUseParentHandlers(true);
  }

  private TestApi with(Operation operation) {
    RouteTable table =
        RouteTable.of(
            List.of(
                new Route(
                    "GET", "/x", Needs.of(Action.CATALOG), OperationKind.READ, "x", operation)));
    return new TestApi(
        registry, new Dispatcher(registry, table, new OpenAccessControl(OpenAccess.readWrite())));
  }

  /** The caller learns a name, and the log has the rest under that name. */
  private void assertHidden(Answer answer, String secret) {
    answer.fails(500, "UNKNOWN");
    assertThat(answer.text()).doesNotContain(secret);
    Matcher incident = INCIDENT.matcher(answer.text());
    assertThat(incident.find()).isTrue();
    LogRecord last = logged.get(logged.size() - 1);
    assertThat(last.getMessage()).contains(incident.group(1));
    assertThat(last.getThrown()).hasStackTraceContaining(secret);
  }

  @Test
  void whateverIsThrownIsAnAnswerWithoutItsText() {
    for (Throwable failure :
        List.of(
            new IllegalStateException("disk /secret"),
            new IOException("disk /secret"),
            new AssertionError("disk /secret"),
            new StackOverflowError("disk /secret"))) {
      TestApi api = with(call -> fail(failure));

      assertHidden(api.get("/x"), "secret");
      api.head("/x").is(500);
    }
  }

  /** Throws whatever it is, checked or not. */
  private static ApiResponse fail(Throwable failure) throws IOException {
    if (failure instanceof IOException io) {
      throw io;
    } else if (failure instanceof Error error) {
      throw error;
    }
    throw (RuntimeException) failure;
  }

  @Test
  void aFailureOfTheStoreIsHiddenToo() throws Exception {
    MemoryStore store = MemoryStore.create();
    EmbeddedRegistry closed = EmbeddedRegistry.builder().store(store).build();
    store.close();
    TestApi api =
        new TestApi(closed, RegistryApi.builder(closed).authorizer(OpenAccess.readWrite()).build());

    Answer answer = api.get("/v2/_catalog");

    assertThat(answer.status()).isBetween(500, 599);
    assertThat(answer.text()).doesNotContain("Exception");
  }

  @Test
  void aFailureOfSignInIsHiddenToo() {
    TestApi api =
        new TestApi(
            registry,
            RegistryApi.builder(registry)
                .authenticator(
                    (Credentials credentials) -> {
                      throw new IOException("ldap://secret");
                    })
                .authorizer(OpenAccess.readWrite())
                .build());

    assertHidden(api.get("/v2/"), "secret");
  }

  @Test
  void aKnownErrorKeepsItsStatusAndText() {
    with(call -> {
          throw new NotFoundException(ErrorCode.NAME_UNKNOWN, "told");
        })
        .get("/x")
        .fails(404, "NAME_UNKNOWN");
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 1", "1000, 1", "1001, 2", "90000, 90"})
  void aLimitTellsHowLongToWait(long milliseconds, String seconds) {
    with(call -> {
          throw LimitException.tooMany("slower", Duration.ofMillis(milliseconds));
        })
        .get("/x")
        .fails(429, "TOOMANYREQUESTS")
        .has("Retry-After", seconds);
  }

  @Test
  void headIsGetWithoutTheBody() {
    TestApi api = with(call -> Reply.status(200).json(Bytes.utf8("[1,2]")));

    api.head("/x").is(200).has("Content-Length", "5").has("Content-Type", "application/json");
  }

  @ParameterizedTest
  @CsvSource({
    "PUT, /v2/a/tags/list, 'GET, HEAD'",
    "POST, /v2/, 'GET, HEAD'",
    "OPTIONS, /v2/_catalog, 'GET, HEAD'",
    "PATCH, /v2/a/manifests/v1, 'DELETE, GET, HEAD, PUT'",
    "GET, /v2/a/blobs/uploads/, POST",
    "POST, /v2/a/blobs/uploads/x, 'DELETE, GET, HEAD, PATCH, PUT'",
    "get, /v2/_catalog, 'GET, HEAD'",
    "DELETE, /v2/a/referrers/x, 'GET, HEAD'"
  })
  void aMethodThatIsNotOffered(String method, String path, String allowed) {
    TestApi.open()
        .send(method, path, Bytes.empty())
        .fails(405, "UNSUPPORTED")
        .has("Allow", allowed);
  }

  @Test
  void everyRowHasAnAnswerUnderAnOpenRegistry() {
    TestApi api = TestApi.open();
    for (Route route : Protocol.routes(registry.policy())) {
      Answer answer =
          api.send(
              route.method(),
              route.path().toString().replace("{name}", "a/b").replaceAll("\\{\\w+}", "x"),
              Bytes.empty());

      assertThat(answer.status()).as(route.method() + " " + route.path()).isLessThan(500);
    }
  }

  @Test
  void twoRowsForOnePathAreRefused() {
    List<Route> twice = new ArrayList<>(Protocol.routes(registry.policy()));
    twice.add(twice.get(0));

    assertThatIllegalArgumentException().isThrownBy(() -> RouteTable.of(twice));
  }
}
