package io.registrykit.server.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrykit.api.RequestHandler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests have the kind of thread that was chosen. */
class ThreadsTest {
  private static final int JAVA = Runtime.version().feature();

  private static boolean isVirtual(Thread thread) {
    try {
      return (boolean) Thread.class.getMethod("isVirtual").invoke(thread);
    } catch (NoSuchMethodException e) {
      return false;
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  private static String kind(RegistryServer.Builder builder) throws Exception {
    try (RegistryServer server = builder.start();
        RawClient client = new RawClient(server.port())) {
      return client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n").readResponse();
    }
  }

  private static RegistryServer.Builder server() {
    RequestHandler handler =
        request ->
            EchoHandler.text(200, isVirtual(Thread.currentThread()) ? "virtual" : "platform");
    return RegistryServer.builder(handler);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void isTheChosenOneWhereTheJdkHasIt(boolean virtual) throws Exception {
    assertThat(kind(server().virtualThreads(virtual)))
        .endsWith(virtual && JAVA >= 21 ? "virtual" : "platform");
  }

  @Test
  void isVirtualWithoutAChoiceWhereNothingPinsIt() throws Exception {
    assertThat(kind(server())).endsWith(JAVA >= 24 ? "virtual" : "platform");
  }
}
