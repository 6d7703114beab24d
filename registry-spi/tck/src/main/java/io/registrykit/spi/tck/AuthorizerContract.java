package io.registrykit.spi.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.registrykit.model.RepositoryName;
import io.registrykit.spi.auth.Access;
import io.registrykit.spi.auth.Action;
import io.registrykit.spi.auth.Authorizer;
import io.registrykit.spi.auth.Principal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The laws of an {@link Authorizer}: a subset of what was asked for, and nothing by default. */
public abstract class AuthorizerContract {
  private static final Principal STRANGER = new Principal("nobody-knows-me");
  private static final long DEADLINE_SECONDS = 30;

  /** For subclasses. */
  protected AuthorizerContract() {}

  /**
   * Makes an authorizer that permits a principal some things and nobody else anything.
   *
   * @param principal who is permitted something
   * @param permitted what, of one repository and the registry
   * @return the authorizer
   */
  protected abstract Authorizer authorizer(Principal principal, Set<Access> permitted);

  private static Principal ann() {
    return new Principal("user:ann");
  }

  private static RepositoryName own() {
    return new RepositoryName("team/app");
  }

  private static Set<Access> everything() {
    Set<Access> all = new LinkedHashSet<>();
    for (String name :
        List.of("team/app", "team/app/deeper", "team", "team/apps", "team/ap", "other")) {
      for (Action action : Action.values()) {
        if (action != Action.CATALOG) {
          all.add(new Access(new RepositoryName(name), action));
        }
      }
    }
    all.add(Access.catalog());
    return all;
  }

  @Test
  void permitsExactlyWhatItWasTold() throws IOException {
    for (Action action : Action.values()) {
      Access told = action == Action.CATALOG ? Access.catalog() : new Access(own(), action);
      Authorizer authorizer = authorizer(ann(), Set.of(told));

      assertEquals(Set.of(told), authorizer.permitted(ann(), everything()));
      assertEquals(Set.of(told), authorizer.permitted(ann(), Set.of(told)));
    }
  }

  @Test
  void neverPermitsMoreThanWasAskedFor() throws IOException {
    Set<Access> told = Set.of(new Access(own(), Action.PULL), new Access(own(), Action.PUSH));
    Authorizer authorizer = authorizer(ann(), told);

    assertEquals(Set.of(), authorizer.permitted(ann(), Set.of()));
    for (Access access : everything()) {
      Set<Access> permitted = authorizer.permitted(ann(), Set.of(access));
      assertEquals(told.contains(access) ? Set.of(access) : Set.of(), permitted);
    }
  }

  @Test
  void permitsStrangersNothing() throws IOException {
    Authorizer authorizer = authorizer(ann(), Set.of(new Access(own(), Action.PULL)));

    for (Principal principal :
        List.of(STRANGER, Principal.ANONYMOUS, new Principal("ann"), new Principal("user:ann2"))) {
      assertEquals(Set.of(), authorizer.permitted(principal, everything()));
    }
    assertEquals(Set.of(), authorizer(ann(), Set.of()).permitted(ann(), everything()));
  }

  @Test
  void answersManyThreadsAtOnce() throws Exception {
    Set<Access> told = Set.of(new Access(own(), Action.PULL));
    Authorizer authorizer = authorizer(ann(), told);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Callable<Boolean>> questions = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        Principal who = i % 2 == 0 ? ann() : STRANGER;
        Set<Access> expected = i % 2 == 0 ? told : Set.of();
        questions.add(() -> authorizer.permitted(who, everything()).equals(expected));
      }
      for (Future<Boolean> answer :
          threads.invokeAll(questions, DEADLINE_SECONDS, TimeUnit.SECONDS)) {
        assertTrue(answer.get());
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
