package io.registrykit.examples.torture.crash;

import io.registrykit.examples.torture.oracle.Item;
import io.registrykit.examples.torture.oracle.Ledger;
import io.registrykit.examples.torture.oracle.Register;
import io.registrykit.examples.torture.wire.Blob;
import io.registrykit.examples.torture.wire.Manifest;
import io.registrykit.examples.torture.wire.Reply;
import io.registrykit.examples.torture.wire.Wire;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * One of the people who push, move, delete and mount, in a repository of its own and, by tags, in
 * one that all share. Used by one thread at a time, over many runs of the server.
 */
final class Pusher {
  private static final String SHARED = "crash/shared";
  private static final int TAGS = 10;
  private static final int MAX_KEPT = 30;
  private static final int MAX_LAYERS = 3;
  private static final int ATTEMPTS = 20;

  private final int number;
  private final String repository;
  private final Ledger ledger;
  private final RandomGenerator random;
  private final BlobPusher blobs;
  private final List<Manifest> kept = new ArrayList<>();
  private final Set<String> children = new HashSet<>();

  Pusher(int number, int pushers, Ledger ledger, RandomGenerator random) {
    this.number = number;
    this.repository = repository(number);
    this.ledger = ledger;
    this.random = random;
    List<String> others =
        IntStream.range(0, pushers).filter(i -> i != number).mapToObj(Pusher::repository).toList();
    this.blobs = new BlobPusher(ledger, random, others);
  }

  private static String repository(int number) {
    return "crash/of-" + number;
  }

  /** How many uploads went on after a restart. */
  long resumed() {
    return blobs.resumed();
  }

  /**
   * Works until the server is gone.
   *
   * @param collected whether blobs without a manifest may go at any time
   */
  void work(Wire wire, boolean collected) {
    kept.removeIf(manifest -> !ledger.has(Item.manifest(repository, manifest.digest())));
    try {
      blobs.resume(wire, repository);
      while (!Thread.currentThread().isInterrupted()) {
        step(wire, collected);
      }
    } catch (IOException e) {
      // The server was killed; what was asked last may have happened or not.
      return;
    } catch (RuntimeException e) {
      ledger.violated("pusher " + number + " failed: " + e);
    }
  }

  /** Works for a time on a server that collects and that nobody kills. */
  void workUntil(Wire wire, long end) {
    try {
      while (System.nanoTime() < end) {
        step(wire, true);
      }
    } catch (IOException | RuntimeException e) {
      ledger.violated("pusher " + number + " failed: " + e);
    }
  }

  private void step(Wire wire, boolean collected) throws IOException {
    if (kept.size() > MAX_KEPT) {
      deleteManifest(wire);
      return;
    }
    int dice = random.nextInt(20);
    if (kept.size() < 2 || dice < 8) {
      pushImage(wire, repository, tag(), collected);
    } else if (dice < 10) {
      pushImage(wire, SHARED, "latest-" + random.nextInt(3), collected);
    } else if (dice < 13) {
      put(wire, repository, tag(), any(), collected);
    } else if (dice < 14) {
      deleteTag(wire);
    } else if (dice < 16) {
      deleteManifest(wire);
    } else if (dice < 17) {
      pushIndex(wire, collected);
    } else if (dice < 18) {
      pushReferrer(wire, collected);
    } else if (dice < 19) {
      blobs.pushPart(wire, repository);
    } else {
      blobs.push(wire, repository, blobs.content());
    }
  }

  private String tag() {
    return "T" + random.nextInt(TAGS);
  }

  private Manifest any() {
    return kept.get(random.nextInt(kept.size()));
  }

  private void pushImage(Wire wire, String to, String tag, boolean collected) throws IOException {
    List<Blob> layers = new ArrayList<>();
    for (int i = 1 + random.nextInt(MAX_LAYERS); i > 0; i--) {
      layers.add(blobs.content());
    }
    Blob config = Blob.of("{\"by\":" + number + ",\"n\":" + random.nextLong() + "}");
    List<Blob> all = new ArrayList<>(layers);
    all.add(config);
    pushWithBlobs(wire, to, tag, Manifest.image(config, layers), all, collected);
  }

  private void pushReferrer(Wire wire, boolean collected) throws IOException {
    Blob content = Blob.of("{\"about\":" + random.nextLong() + "}");
    Manifest manifest = Manifest.referrer(content, any());
    pushWithBlobs(wire, repository, "", manifest, List.of(content), collected);
  }

  private void pushIndex(Wire wire, boolean collected) throws IOException {
    List<Manifest> parts = List.of(any(), any());
    Manifest index = Manifest.index(parts, Long.toString(random.nextLong()));
    // Before the push: an index whose push got no answer may be there all the same.
    parts.forEach(part -> children.add(part.digest()));
    put(wire, repository, tag(), index, collected);
  }

  private void pushWithBlobs(
      Wire wire, String to, String tag, Manifest manifest, List<Blob> all, boolean collected)
      throws IOException {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      for (Blob blob : all) {
        blobs.push(wire, to, blob);
      }
      if (put(wire, to, tag, manifest, collected)) {
        return;
      }
    }
    ledger.starved();
  }

  /** Pushes a manifest, by its digest when the tag is empty; false when it misses something. */
  private boolean put(Wire wire, String to, String tag, Manifest manifest, boolean collected)
      throws IOException {
    ledger.know(manifest);
    Register.Write content =
        ledger.of(Item.manifest(to, manifest.digest())).begin(manifest.digest());
    Register.Write name =
        tag.isEmpty() ? content : ledger.of(Item.tag(to, tag)).begin(manifest.digest());
    Reply reply = wire.put(to, tag.isEmpty() ? manifest.digest() : tag, manifest);
    if (reply.status() == 201) {
      content.acknowledged();
      name.acknowledged();
      ledger.acknowledged();
      if (to.equals(repository) && !kept.contains(manifest)) {
        kept.add(manifest);
      }
      return true;
    }
    content.refused();
    name.refused();
    if (!collected || !reply.text().contains("MANIFEST_BLOB_UNKNOWN")) {
      ledger.violated("PUT of " + manifest.digest() + " to " + to + " answers " + reply);
    }
    return false;
  }

  private void deleteTag(Wire wire) throws IOException {
    Item tag = Item.tag(repository, tag());
    if (ledger.has(tag)) {
      delete(wire, tag, List.of(ledger.of(tag).begin(Register.ABSENT)));
    }
  }

  private void deleteManifest(Wire wire) throws IOException {
    Manifest manifest = any();
    kept.remove(manifest);
    if (children.contains(manifest.digest())) {
      return;
    }
    Item item = Item.manifest(repository, manifest.digest());
    List<Register.Write> writes = new ArrayList<>();
    writes.add(ledger.of(item).begin(Register.ABSENT));
    for (int i = 0; i < TAGS; i++) {
      Item tag = Item.tag(repository, "T" + i);
      if (ledger.certain(tag).filter(manifest.digest()::equals).isPresent()) {
        writes.add(ledger.of(tag).begin(Register.ABSENT));
      }
    }
    delete(wire, item, writes);
  }

  private void delete(Wire wire, Item item, List<Register.Write> writes) throws IOException {
    Reply reply = wire.delete(item.path());
    if (reply.status() == 202) {
      writes.forEach(Register.Write::acknowledged);
      ledger.acknowledged();
    } else {
      writes.forEach(Register.Write::refused);
      ledger.violated("DELETE of " + item + " answers " + reply);
    }
  }
}
