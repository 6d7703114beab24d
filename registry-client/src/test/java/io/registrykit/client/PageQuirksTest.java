package io.registrykit.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrykit.model.Page;
import io.registrykit.model.PageRequest;
import io.registrykit.model.RepositoryName;
import io.registrykit.model.Tag;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How registries page their lists, one quirk in each test. */
class PageQuirksTest extends ScriptedTest {
  private static final String LIST = "/v2/team/app/tags/list";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "</v2/team/app/tags/list?last=b&n=2&orderby=>; rel=\"next\"",
        "</v2/team/app/tags/list?n=2&last=b>; rel=next",
        "<http://HOST/v2/team/app/tags/list?n=2&last=b>;rel=\"next\"",
        "<?n=2&last=b>; title=\"more\"; REL=\"next\"",
        "</v2/team/app/tags/list?n=2>; rel=\"first\", </v2/team/app/tags/list?last=b>; rel=\"next\"",
        "</v2/team/app/tags/list?next_page=gAAA%3D>; rel=\"next\""
      })
  void aLinkHasManyForms(String link) {
    expect(
        "GET " + LIST + "?n=2",
        200,
        "{\"tags\":[\"a\",\"b\"]}",
        "Link",
        link.replace("HOST", server.host()));
    Page<Tag> page = app().tags(PageRequest.first(2));
    assertThat(page).isEqualTo(new Page<>(List.of(new Tag("a"), new Tag("b")), "b"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"<>", "nothing", "</v2/x?last=a>; rel=\"prev\"", "<a; rel=next", ""})
  void aLinkThatLeadsNowhereEndsTheList(String link) {
    expect("GET " + LIST + "?n=2", 200, "{\"tags\":[\"a\"]}", "Link", link);
    assertThat(app().tags(PageRequest.first(2)).next()).isNull();
  }

  @Test
  void aLinkMayLeadToAnEmptyPage() {
    String link = "<" + LIST + "?last=b&n=2>; rel=\"next\"";
    expect("GET " + LIST + "?n=2", 200, "{\"tags\":[\"a\",\"b\"]}", "Link", link);
    expect("GET " + LIST + "?n=2&last=b", 200, "{\"name\":\"team/app\",\"tags\":[]}");
    Page<Tag> first = app().tags(PageRequest.first(2));
    assertThat(app().tags(new PageRequest(2, first.next()))).isEqualTo(Page.empty());
  }

  @Test
  void aRegistryMaySendLessThanWasAskedFor() {
    String link = "</v2/_catalog?last=b/c&n=1000>; rel=\"next\"";
    expect("GET /v2/_catalog?n=5000", 200, "{\"repositories\":[\"a\",\"b/c\"]}", "Link", link);
    expect("GET /v2/_catalog?n=5000&last=b%2Fc", 200, "{\"repositories\":[\"d\"]}");
    RemoteRegistry registry = client.registry(server.host());
    Page<RepositoryName> first = registry.repositories(PageRequest.first(5000));
    assertThat(first.next()).isEqualTo("b/c");
    assertThat(registry.repositories(new PageRequest(5000, first.next())).items())
        .containsExactly(new RepositoryName("d"));
  }

  @Test
  void aRegistryWithoutACatalogHasAnEmptyOne() {
    expect("GET /v2/_catalog?n=5", 404, "404 page not found", "Content-Type", "text/plain");
    assertThat(client.registry(server.host()).repositories(PageRequest.first(5)))
        .isEqualTo(Page.empty());
  }

  @Test
  void anyOrderIsOneAsLongAsTheRegistryPagesByIt() {
    String link = "<" + LIST + "?last=B&n=2>; rel=\"next\"";
    expect("GET " + LIST + "?n=2", 200, "{\"tags\":[\"a\",\"B\"]}", "Link", link);
    expect("GET " + LIST + "?n=2&last=B", 200, "{\"tags\":[\"c\"]}");
    Page<Tag> first = app().tags(PageRequest.first(2));
    assertThat(first.items()).containsExactly(new Tag("a"), new Tag("B"));
    assertThat(app().tags(new PageRequest(2, first.next())).items()).containsExactly(new Tag("c"));
  }
}
