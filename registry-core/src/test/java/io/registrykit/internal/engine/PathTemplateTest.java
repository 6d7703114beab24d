package io.registrykit.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.registrykit.RegistryPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathTemplateTest {

  @ParameterizedTest
  @CsvSource({
    "/v2/{name}/manifests/{reference}, /v2/a/manifests/v1, a, v1",
    "/v2/{name}/manifests/{reference}, /v2/a/manifests/manifests/v1, a/manifests, v1",
    "/v2/{name}/manifests/{reference}, /v2/manifests/manifests/manifests, manifests, manifests",
    "/v2/{name}/blobs/uploads/{id}, /v2/a/blobs/uploads/b/blobs/uploads/c, a/blobs/uploads/b, c",
    "/v2/{name}/tags/list, /v2/tags/list/tags/list, tags/list,",
    "/v2/{name}/blobs/uploads/, /v2/a/blobs/uploads/, a,",
    "/acr/v1/{name}, /acr/v1/a/b, a/b,"
  })
  void takesTheNameFromWhatIsLeft(String template, String path, String name, String parameter) {
    PathTemplate.Match match = PathTemplate.parse(template).match(path);

    assertThat(match).isEqualTo(new PathTemplate.Match(name, parameter));
  }

  @ParameterizedTest
  @CsvSource({
    "/v2/{name}/manifests/{reference}, /v2/a/manifests/",
    "/v2/{name}/manifests/{reference}, /v2/manifests/v1",
    "/v2/{name}/manifests/{reference}, /v2//manifests/v1",
    "/v2/{name}/manifests/{reference}, /v1/a/manifests/v1",
    "/v2/{name}/manifests/{reference}, /v2/a/manifest/v1",
    "/v2/{name}/manifests/{reference}, manifests/v1",
    "/v2/{name}/manifests/{reference}, ''",
    "/v2/{name}/tags/list, /v2/a/tags/list/",
    "/v2/{name}/tags/list, /v2/a/Tags/list",
    "/v2/{name}/blobs/uploads/, /v2/a/blobs/uploads",
    "/v2/, /v2",
    "/v2/_catalog, /v2/_catalog/"
  })
  void anotherShapeIsNoMatch(String template, String path) {
    assertThat(PathTemplate.parse(template).match(path)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "v2/", "/v2/{id}", "/v2/{name}/{a}/{b}", "/{a}/{name}"})
  void aTemplateThatIsNone(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> PathTemplate.parse(text));
  }

  @Test
  void theMostPreciseTemplateWins() {
    RouteTable table = RouteTable.of(Protocol.routes(RegistryPolicy.strict()));

    assertThat(template(table, "/v2/a/blobs/uploads")).isEqualTo("/v2/{name}/blobs/uploads");
    assertThat(template(table, "/v2/a/blobs/uploads/")).isEqualTo("/v2/{name}/blobs/uploads/");
    assertThat(template(table, "/v2/a/blobs/uploads/blobs/x"))
        .isEqualTo("/v2/{name}/blobs/{digest}");
    assertThat(template(table, "/v2/a/blobs/uploads/x")).isEqualTo("/v2/{name}/blobs/uploads/{id}");
    assertThat(template(table, "/v2/_catalog")).isEqualTo("/v2/_catalog");
  }

  private static String template(RouteTable table, String path) {
    RouteTable.Target target = table.find(path);
    return target == null ? "none" : target.resource().path().toString();
  }
}
