package io.registrykit.maintenance;

import io.registrykit.internal.embedded.TestRegistry;
import io.registrykit.model.Digest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Runs what a few actors do in every order of their calls to the store: from each state that can be
 * reached, each actor goes next once. Two runs are in one state when the store holds the same and
 * every actor has seen the same so far. Not safe for use by several threads at once.
 */
final class Interleavings {
  private final Supplier<CollectionWorld> worlds;
  private final Set<Digest> visited = new HashSet<>();
  private final Deque<List<Integer>> pending = new ArrayDeque<>();
  private long runs;
  private long ends;

  /** The orders of what happens in one world after the other, all of which begin alike. */
  Interleavings(Supplier<CollectionWorld> worlds) {
    this.worlds = worlds;
  }

  /** How many states were reached. */
  int states() {
    return visited.size();
  }

  /** How many of the states are the last of a run. */
  long ends() {
    return ends;
  }

  /** How often the actors were started. */
  long runs() {
    return runs;
  }

  /**
   * Runs all orders.
   *
   * @throws AssertionError if a law is broken at the end of one, with the order in its message
   */
  void runAll() {
    pending.push(List.of());
    while (!pending.isEmpty()) {
      run(pending.pop());
    }
  }

  private void run(List<Integer> prefix) {
    runs++;
    CollectionWorld world = worlds.get();
    StringBuilder order = new StringBuilder();
    try (Turns turns = new Turns(world.actors())) {
      prefix.forEach(actor -> go(turns, actor, order));
      List<Integer> taken = prefix;
      while (visited.add(TestRegistry.digest(turns.histories() + world.state()))) {
        List<Integer> ready =
            IntStream.range(0, world.actors().size())
                .filter(actor -> !turns.hasEnded(actor))
                .boxed()
                .toList();
        if (ready.isEmpty()) {
          ends++;
          world.check();
          return;
        }
        for (int other : ready.subList(1, ready.size())) {
          pending.push(and(taken, other));
        }
        taken = and(taken, ready.get(0));
        go(turns, ready.get(0), order);
      }
    } catch (AssertionError e) {
      throw new AssertionError("after" + order, e);
    }
  }

  private static void go(Turns turns, int actor, StringBuilder order) {
    order.append('\n').append(turns.go(actor));
  }

  private static List<Integer> and(List<Integer> list, int last) {
    return IntStream.concat(list.stream().mapToInt(Integer::intValue), IntStream.of(last))
        .boxed()
        .toList();
  }
}
