package io.registrykit.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrykit.RegistryPolicy;
import io.registrykit.spi.auth.Action;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Keeps {@code docs/api.md} the same as the route table; {@code -Dregenerate} writes it anew. */
class ApiTableTest {
  private static final Path DOCUMENT = Path.of("..", "docs", "api.md");

  private static String document() {
    StringBuilder text = new StringBuilder();
    text.append("# The HTTP API\n\n");
    text.append("Generated from the route table; a test compares the two");
    text.append(" (`mvn -pl registry-core -am test -Dtest=ApiTableTest -Dregenerate`).\n\n");
    append(text, Protocol.routes(RegistryPolicy.strict()));
    text.append("\nThe data-plane API of Azure Container Registry:\n\n");
    append(text, AcrProtocol.routes(RegistryPolicy.strict(), null));
    text.append("\nOnly with `RegistryAccess`, which issues tokens:\n\n");
    append(text, new SecuredApi().tokenRoutes());
    return text.toString();
  }

  private static void append(StringBuilder text, List<Route> routes) {
    text.append("| Method | Path | Needs | Does |\n|---|---|---|---|\n");
    for (Route route : routes) {
      text.append(
          "| %s | `%s` | %s | %s |\n"
              .formatted(route.method(), route.path(), needs(route.needs()), route.summary()));
    }
  }

  private static String needs(Needs needs) {
    return switch (needs.gate()) {
      case NONE -> "nothing";
      case SIGN_IN -> "signing in";
      case PERMISSION ->
          needs.actions().stream()
              .sorted()
              .map(ApiTableTest::name)
              .collect(Collectors.joining(", "));
    };
  }

  private static String name(Action action) {
    return action == Action.CATALOG ? "catalog" : action.scopeName();
  }

  @Test
  void theDocumentIsTheTable() throws IOException {
    if (System.getProperty("regenerate") != null) {
      Files.createDirectories(DOCUMENT.getParent());
      Files.writeString(DOCUMENT, document());
    }
    assertThat(Files.readString(DOCUMENT)).isEqualTo(document());
  }
}
