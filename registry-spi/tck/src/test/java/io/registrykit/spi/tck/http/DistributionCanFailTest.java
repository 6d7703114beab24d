package io.registrykit.spi.tck.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** No workflow is content with a server that always says the same. */
class DistributionCanFailTest {

  @Test
  void everyWorkflowFailsOnAServerThatTakesAllAndKeepsNothing() throws Exception {
    assertThat(notFailing(200)).isEmpty();
  }

  /** Runs all workflows on a server that answers one status to everything. */
  private static Set<String> notFailing(int status) throws Exception {
    Set<String> others = new TreeSet<>();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          exchange.getResponseHeaders().set("Location", exchange.getRequestURI().toString());
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
    try {
      LauncherFactory.create(
              LauncherConfig.builder()
                  .enableTestExecutionListenerAutoRegistration(false)
                  .enableLauncherSessionListenerAutoRegistration(false)
                  .build())
          .execute(
              LauncherDiscoveryRequestBuilder.request()
                  .selectors(selectClass(StubbornContract.class))
                  .configurationParameter(
                      StubbornContract.PARAMETER,
                      "http://127.0.0.1:" + server.getAddress().getPort())
                  .build(),
              new TestExecutionListener() {
                @Override
                public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                  if (test.isTest() && result.getStatus() != TestExecutionResult.Status.FAILED) {
                    others.add(test.getDisplayName());
                  }
                }
              });
    } finally {
      server.stop(0);
    }
    return others;
  }
}
