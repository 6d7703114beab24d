package io.registrykit.examples.torture.oracle;

import io.registrykit.examples.torture.wire.Manifest;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Everything that a registry was asked to write, and what it answered. Thread-safe. */
public final class Ledger {
  private static final int MAX_VIOLATIONS = 1000;

  private final Map<Item, Register> registers = new ConcurrentHashMap<>();
  private final Map<String, Manifest> manifests = new ConcurrentHashMap<>();
  private final Set<Item> dirty = ConcurrentHashMap.newKeySet();
  private final Queue<String> violations = new ConcurrentLinkedQueue<>();
  private final AtomicLong acknowledged = new AtomicLong();
  private final AtomicLong starved = new AtomicLong();

  /** Counts a write that the registry acknowledged. */
  public void acknowledged() {
    acknowledged.incrementAndGet();
  }

  /** How many writes the registry acknowledged. */
  public long acknowledgedWrites() {
    return acknowledged.get();
  }

  /** Counts a push that lost against the collector each time, and was never acknowledged. */
  public void starved() {
    starved.incrementAndGet();
  }

  /** How many pushes were given up. */
  public long starvedPushes() {
    return starved.get();
  }

  /** The register of an item. */
  public Register of(Item item) {
    dirty.add(item);
    return registers.computeIfAbsent(item, key -> new Register());
  }

  /** What an item is, when that is sure. */
  public Optional<String> certain(Item item) {
    Register register = registers.get(item);
    Set<String> possible = register == null ? Set.of() : register.possible();
    return possible.size() == 1 ? Optional.of(possible.iterator().next()) : Optional.empty();
  }

  /** Whether an item is there, for sure. */
  public boolean has(Item item) {
    return certain(item).filter(value -> !value.equals(Register.ABSENT)).isPresent();
  }

  /** Every item with its register. */
  public Map<Item, Register> registers() {
    return registers;
  }

  /** The items that were written since the last call. */
  public Set<Item> takeDirty() {
    Set<Item> taken = Set.copyOf(dirty);
    dirty.removeAll(taken);
    return taken;
  }

  /** Remembers what a manifest names. */
  public void know(Manifest manifest) {
    manifests.put(manifest.digest(), manifest);
  }

  /** A manifest that somebody made. */
  public @Nullable Manifest manifest(String digest) {
    return manifests.get(digest);
  }

  /** Forgets an item. */
  public void forget(Item item) {
    registers.remove(item);
  }

  /** Remembers that a law was broken. */
  public void violated(String what) {
    if (violations.size() < MAX_VIOLATIONS) {
      violations.add(what);
    }
  }

  /** What was broken. */
  public Queue<String> violations() {
    return violations;
  }
}
