package io.registrykit.examples.torture.oracle;

import io.registrykit.examples.torture.oracle.Item.Kind;
import io.registrykit.examples.torture.wire.Blob;
import io.registrykit.examples.torture.wire.Manifest;
import io.registrykit.examples.torture.wire.Reply;
import io.registrykit.examples.torture.wire.Wire;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Reads back what a registry acknowledged. For one run; one audit runs at a time.
 *
 * <p>The laws: an item is what the {@link Register} allows; what is readable hashes to its name; a
 * tag leads to a manifest; a manifest leads to its blobs and its children, and is listed as a
 * referrer of its subject.
 */
public final class Audit {
  private static final int THREADS = 8;

  private final Ledger ledger;
  private final Wire wire;
  private final boolean collected;
  private final long first;
  private final long last;

  /** Blobs of manifests that were read in full: each is read once in an audit. */
  private final Set<String> whole = ConcurrentHashMap.newKeySet();

  /** A registry that was asked everything before. */
  public static Audit ofNow(Ledger ledger, Wire wire, boolean collected) {
    return new Audit(ledger, wire, collected, Long.MAX_VALUE, Long.MAX_VALUE);
  }

  /**
   * A registry that stopped at an instant in the past.
   *
   * @param collected whether blobs without a manifest may go at any time
   * @param first not later than the stop, as {@link System#nanoTime} says
   * @param last not earlier
   */
  public static Audit ofThen(Ledger ledger, Wire wire, boolean collected, long first, long last) {
    return new Audit(ledger, wire, collected, first, last);
  }

  private Audit(Ledger ledger, Wire wire, boolean collected, long first, long last) {
    this.ledger = ledger;
    this.wire = wire;
    this.collected = collected;
    this.first = first;
    this.last = last;
  }

  /**
   * Looks at items and tells the ledger of every law that is broken.
   *
   * @param settle whether what is seen is the truth from now on
   */
  public void run(Collection<Item> items, boolean settle) throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<?>> all =
          items.stream().<Future<?>>map(i -> threads.submit(() -> check(i, settle))).toList();
      for (Future<?> one : all) {
        one.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("the audit itself failed", e);
    } finally {
      threads.shutdownNow();
    }
  }

  private void check(Item item, boolean settle) {
    Register register = ledger.registers().get(item);
    if (register == null) {
      return;
    }
    try {
      Set<String> possible = register.possible(first, last);
      String seen = look(item);
      boolean mayBeCollected = collected && item.kind() == Kind.BLOB;
      if (!possible.isEmpty()
          && !possible.contains(seen)
          && !(mayBeCollected && seen.equals(Register.ABSENT))) {
        ledger.violated(item + " is '" + seen + "' and may be one of " + possible);
      }
      if (settle) {
        settle(item, register, seen, mayBeCollected);
      }
    } catch (IOException | RuntimeException e) {
      ledger.violated(item + " cannot be read: " + e);
    }
  }

  private void settle(Item item, Register register, String seen, boolean mayBeCollected) {
    if (mayBeCollected) {
      ledger.forget(item);
    } else {
      register.set(seen);
    }
  }

  private String look(Item item) throws IOException {
    Reply reply = wire.get(item.path());
    if (reply.status() == 404) {
      return Register.ABSENT;
    }
    String digest = Blob.digestOf(reply.body());
    if (reply.status() != 200) {
      ledger.violated(item + " answers " + reply);
      return digest;
    }
    if (item.kind() != Kind.TAG && !digest.equals(item.name())) {
      ledger.violated(item + " has the digest " + digest);
    }
    if (item.kind() != Kind.BLOB) {
      follow(item, digest);
    }
    return digest;
  }

  private void follow(Item item, String digest) throws IOException {
    Manifest manifest = ledger.manifest(digest);
    if (manifest == null) {
      ledger.violated(item + " is a manifest that nobody pushed: " + digest);
      return;
    }
    String repository = item.repository();
    for (String blob : manifest.blobs()) {
      String path = Item.blob(repository, blob).path();
      if (whole.contains(path)) {
        continue;
      }
      Reply reply = wire.get(path);
      if (reply.status() == 200 && Blob.digestOf(reply.body()).equals(blob)) {
        whole.add(path);
      } else {
        ledger.violated(item + " at " + digest + " misses blob " + blob + ": " + reply.status());
      }
    }
    for (String child : manifest.children()) {
      if (wire.head(Item.manifest(repository, child).path()).status() != 200) {
        ledger.violated(item + " at " + digest + " misses manifest " + child);
      }
    }
    if (!manifest.subject().isEmpty()
        && !wire.get("/v2/" + repository + "/referrers/" + manifest.subject())
            .text()
            .contains(digest)) {
      ledger.violated(item + " at " + digest + " is no referrer of " + manifest.subject());
    }
  }
}
