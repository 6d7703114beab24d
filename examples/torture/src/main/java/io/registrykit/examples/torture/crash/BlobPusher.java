package io.registrykit.examples.torture.crash;

import io.registrykit.examples.torture.oracle.Item;
import io.registrykit.examples.torture.oracle.Ledger;
import io.registrykit.examples.torture.oracle.Register;
import io.registrykit.examples.torture.wire.Blob;
import io.registrykit.examples.torture.wire.Reply;
import io.registrykit.examples.torture.wire.Wire;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Brings blobs into a repository in every way there is. Used by one thread at a time. */
final class BlobPusher {
  private static final int MAX_REMEMBERED = 50;
  private static final int ATTEMPTS = 20;
  private static final int SMALL = 40_000;
  private static final int LARGE = 1 << 20;

  private final Ledger ledger;
  private final RandomGenerator random;
  private final List<String> others;
  private final List<Blob> earlier = new ArrayList<>();
  private @Nullable Part part;
  private long resumed;

  /** An upload of which the registry has acknowledged the first bytes. */
  private record Part(String location, Blob blob, int sent) {}

  BlobPusher(Ledger ledger, RandomGenerator random, List<String> others) {
    this.ledger = ledger;
    this.random = random;
    this.others = others;
  }

  long resumed() {
    return resumed;
  }

  /** New bytes, mostly few; now and then bytes that were pushed before. */
  Blob content() {
    if (!earlier.isEmpty() && random.nextInt(4) == 0) {
      return earlier.get(random.nextInt(earlier.size()));
    }
    int length = 1 + random.nextInt(random.nextInt(12) == 0 ? LARGE : SMALL);
    Blob blob = Blob.random(random, length);
    if (earlier.size() >= MAX_REMEMBERED) {
      earlier.remove(random.nextInt(earlier.size()));
    }
    earlier.add(blob);
    return blob;
  }

  /** Sees to it that a blob is in a repository. */
  void push(Wire wire, String to, Blob blob) throws IOException {
    Item item = Item.blob(to, blob.digest());
    if (random.nextInt(4) == 0 && wire.head(item.path()).status() == 200) {
      return;
    }
    Register.Write write = ledger.of(item).begin(blob.digest());
    Reply reply = send(wire, to, blob);
    for (int i = 0; i < ATTEMPTS && reply.isCollected(); i++) {
      reply = send(wire, to, blob);
    }
    if (reply.status() == 201) {
      write.acknowledged();
      ledger.acknowledged();
    } else if (reply.isCollected()) {
      write.refused();
      ledger.starved();
    } else {
      write.refused();
      ledger.violated("push of " + item + " answers " + reply);
    }
  }

  private Reply send(Wire wire, String to, Blob blob) throws IOException {
    return switch (random.nextInt(4)) {
      case 0 -> wire.post(to, blob);
      case 1 -> inParts(wire, to, blob);
      case 2 ->
          finished(
              wire, wire.mount(to, blob.digest(), others.get(random.nextInt(others.size()))), blob);
      default -> finished(wire, wire.startUpload(to), blob);
    };
  }

  private static Reply finished(Wire wire, Reply started, Blob blob) throws IOException {
    return started.status() == 202
        ? wire.finish(started.header("Location"), blob.bytes(), blob.digest())
        : started;
  }

  private Reply inParts(Wire wire, String to, Blob blob) throws IOException {
    Reply reply = wire.startUpload(to);
    int length = blob.bytes().length;
    int offset = 0;
    while (reply.status() == 202 && offset < length) {
      int end = Math.min(length, offset + 1 + random.nextInt(length));
      byte[] some = Arrays.copyOfRange(blob.bytes(), offset, end);
      reply = wire.patch(reply.header("Location"), some, offset);
      offset = end;
    }
    return reply.status() == 202
        ? wire.finish(reply.header("Location"), new byte[0], blob.digest())
        : reply;
  }

  /** Starts an upload that stays open until the server comes back, unless there is one. */
  void pushPart(Wire wire, String to) throws IOException {
    if (part != null) {
      return;
    }
    Blob blob = Blob.random(random, 2 + random.nextInt(LARGE));
    int half = 1 + random.nextInt(blob.bytes().length - 1);
    Reply started = wire.startUpload(to);
    Reply reply = wire.patch(started.header("Location"), Arrays.copyOf(blob.bytes(), half), 0);
    if (reply.status() == 202) {
      part = new Part(reply.header("Location"), blob, half);
    } else {
      ledger.violated("PATCH answers " + reply);
    }
  }

  /** Goes on with the open upload where the server says that it ended. */
  void resume(Wire wire, String to) throws IOException {
    Part open = part;
    if (open == null) {
      return;
    }
    part = null;
    Reply status = wire.get(open.location());
    if (status.status() != 204) {
      ledger.violated("an upload of " + open.sent() + " bytes is gone: " + status);
      return;
    }
    String range = status.header("Range");
    int has = range.isEmpty() ? 0 : Integer.parseInt(range.substring(range.indexOf('-') + 1)) + 1;
    if (has < open.sent()) {
      ledger.violated("an upload has " + has + " of " + open.sent() + " acknowledged bytes");
    }
    Register.Write write =
        ledger.of(Item.blob(to, open.blob().digest())).begin(open.blob().digest());
    byte[] rest = Arrays.copyOfRange(open.blob().bytes(), has, open.blob().bytes().length);
    Reply reply = wire.finish(status.header("Location"), rest, open.blob().digest());
    if (reply.status() == 201) {
      write.acknowledged();
      ledger.acknowledged();
      resumed++;
    } else if (reply.isCollected()) {
      write.refused();
    } else {
      write.refused();
      ledger.violated("the end of an upload answers " + reply);
    }
  }
}
