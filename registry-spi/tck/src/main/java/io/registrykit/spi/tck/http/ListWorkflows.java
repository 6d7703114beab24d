package io.registrykit.spi.tck.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Lists and their pages. */
abstract class ListWorkflows extends Workflows {
  private static final Pattern LIST =
      Pattern.compile("\"(?:tags|repositories)\"\\s*:\\s*\\[([^\\]]*)\\]");
  private static final Pattern NEXT = Pattern.compile("<([^>]*)>\\s*;\\s*rel=\"?next\"?");
  private static final List<String> TAGS = List.of("a", "b", "c-1", "d.2", "e_3");

  private String tags(String query) {
    return "/v2/" + repository + "/tags/list" + query;
  }

  private void pushTags() throws Exception {
    byte[] manifest = manifest("tagged");
    for (int i = TAGS.size() - 1; i >= 0; i--) {
      pushManifest(TAGS.get(i), manifest);
    }
  }

  private static List<String> names(HttpResponse<byte[]> response) {
    Matcher list = LIST.matcher(text(expect(200, response)));
    assertTrue(list.find(), () -> "no list in " + text(response));
    return Arrays.stream(list.group(1).replaceAll("[\\s\"]", "").split(","))
        .filter(name -> !name.isEmpty())
        .toList();
  }

  @Test
  void showAllTags() throws Exception {
    pushTags();
    HttpResponse<byte[]> list = wire.get(tags(""));
    assertEquals(TAGS, names(list));
    assertTrue(text(list).contains("\"" + repository + "\""), "the list names its repository");
  }

  @Test
  void startBehindATag() throws Exception {
    pushTags();
    assertEquals(List.of("d.2", "e_3"), names(wire.get(tags("?last=c-1"))));
    assertEquals(List.of("b", "c-1"), names(wire.get(tags("?n=2&last=a"))));
    assertEquals(List.of("c-1"), names(wire.get(tags("?n=1&last=bb"))));
  }

  @Test
  void linkEachPageToTheNext() throws Exception {
    pushTags();
    for (int size = 1; size <= TAGS.size() + 1; size++) {
      assertEquals(TAGS, walk(URI.create(tags("?n=" + size)), size), "pages of " + size);
    }
  }

  private List<String> walk(URI first, int size) throws Exception {
    List<String> all = new ArrayList<>();
    URI next = wire.resolve(first.toString());
    for (int pages = 0; pages <= TAGS.size() + 1; pages++) {
      HttpResponse<byte[]> page = wire.get(next.toString());
      List<String> names = names(page);
      assertTrue(names.size() <= size, () -> names + " is more than was asked for");
      all.addAll(names);
      Matcher link = NEXT.matcher(header(page, "Link"));
      if (!link.find()) {
        return all;
      }
      next = next.resolve(link.group(1));
    }
    throw new AssertionError("the pages have no end: " + all);
  }

  @Test
  void mayHaveNoEntry() throws Exception {
    pushTags();
    HttpResponse<byte[]> nothing = wire.get(tags("?n=0"));
    assertEquals(List.of(), names(nothing));
    assertEquals("(no Link)", header(nothing, "Link"));
  }

  @Test
  void ofAnUnknownRepositoryAreNotThere() throws Exception {
    expectError(404, "NAME_UNKNOWN", wire.get(tags("")));
  }

  @Test
  void showTheRepository() throws Exception {
    pushTags();
    String before = repository.substring(0, repository.length() - 1);
    HttpResponse<byte[]> catalog = wire.get("/v2/_catalog?n=1&last=" + before);
    assumeTrue(catalog.statusCode() == 200, "the registry has no catalog");
    assertEquals(List.of(repository), names(catalog));
  }
}
