package io.registrykit.spi.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.registrykit.model.RepositoryName;
import io.registrykit.spi.store.Change;
import io.registrykit.spi.store.EventRecord;
import io.registrykit.spi.store.PendingEvent;
import io.registrykit.spi.store.Rejection;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Laws of events that wait to be delivered. */
abstract class EventLaws extends StoreLaws {

  private static Change publish(String id) {
    return new Change.Publish(Samples.event(id));
  }

  private List<String> ids(int limit) throws Exception {
    return repositories().pendingEvents(limit).stream().map(e -> e.event().id()).toList();
  }

  @Test
  void waitAsTheyWerePublished() throws Exception {
    apply(publish("one"));
    EventRecord event = Samples.event("one");
    assertEquals(List.of(new PendingEvent(Samples.APP, event)), repositories().pendingEvents(10));
    assertEquals(
        List.of(new PendingEvent(Samples.APP, event)),
        repositories().pendingEvents(10),
        "until they are acknowledged");
  }

  @Test
  void waitInTheOrderOfTheirCommits() throws Exception {
    List<String> expected = new ArrayList<>();
    for (int i = 20; i > 0; i--) {
      apply(publish("e" + i), publish("f" + i));
      expected.addAll(List.of("e" + i, "f" + i));
    }
    assertEquals(expected, ids(100));
    assertEquals(expected.subList(0, 5), ids(5));
    assertEquals(expected.subList(0, 1), ids(1));
  }

  @Test
  void waitInTheOrderOfTheRepositories() throws Exception {
    apply(RepositoryName.parse("b"), 0, publish("1"));
    apply(RepositoryName.parse("a/b"), 0, publish("2"));
    apply(RepositoryName.parse("a-b"), 0, publish("3"));
    apply(RepositoryName.parse("b"), 0, publish("4"));
    assertEquals(List.of("3", "2", "1", "4"), ids(100));
    assertEquals(List.of("3", "2", "1"), ids(3));
  }

  @Test
  void goWhenTheyAreAcknowledged() throws Exception {
    apply(publish("one"), publish("two"), publish("three"));
    apply(Samples.OTHER, 0, publish("two"));
    repositories().acknowledgeEvents(Samples.APP, Set.of("two", "unknown"));
    assertEquals(List.of("one", "three", "two"), ids(100));
    repositories().acknowledgeEvents(Samples.APP, Set.of("one", "three"));
    repositories().acknowledgeEvents(Samples.APP, Set.of("one"));
    assertEquals(List.of("two"), ids(100));
    repositories().acknowledgeEvents(RepositoryName.parse("absent"), Set.of("two"));
    assertEquals(List.of("two"), ids(100));
  }

  @Test
  void waitOnceHoweverOftenTheyArePublished() throws Exception {
    apply(publish("one"), publish("two"));
    apply(publish("one"));
    assertEquals(List.of("one", "two"), ids(100));
  }

  @Test
  void comeWithTheFactsOrNotAtAll() throws Exception {
    refuse(1, Rejection.NOT_FOUND, publish("one"), new Change.DeleteManifest(Samples.digest(1)));
    assertEquals(List.of(), ids(100));
  }

  @Test
  void outliveTheirRepository() throws Exception {
    apply(put(Samples.manifest("one")), publish("pushed"));
    apply(new Change.DeleteRepository(), publish("deleted"));
    assertEquals(List.of("pushed", "deleted"), ids(100));
    assertEquals(List.of(), repositories().repositories(ALL).items());
    repositories().acknowledgeEvents(Samples.APP, Set.of("pushed", "deleted"));
    assertEquals(List.of(), ids(100));
  }
}
