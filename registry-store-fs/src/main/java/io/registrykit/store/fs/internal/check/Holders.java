package io.registrykit.store.fs.internal.check;

import io.registrykit.model.Digest;
import java.util.BitSet;

/**
 * Which blobs have more than one repository, in about 32 bytes a blob. Not safe for use by several
 * threads at once.
 */
final class Holders {
  private static final int HALF = 16;
  private static final int RADIX = 16;

  /** The first half of a key and the second, in turn; zeros are free. */
  private long[] keys = new long[2 << 10];

  private BitSet shared = new BitSet();
  private int size;

  /** Counts one more repository that has a blob. */
  void add(Digest digest) {
    if (size >= keys.length / 4) {
      grow();
    }
    int slot = slot(high(digest), low(digest));
    if (keys[2 * slot] == 0) {
      keys[2 * slot] = high(digest);
      keys[2 * slot + 1] = low(digest);
      size++;
    } else {
      shared.set(slot);
    }
  }

  /** Whether more than one has it. */
  boolean isShared(Digest digest) {
    return shared.get(slot(high(digest), low(digest)));
  }

  /** Digests are as good as random, so that 128 bits of them tell all apart. */
  private static long high(Digest digest) {
    return Long.parseUnsignedLong(digest.hex(), 0, HALF, RADIX) | 1;
  }

  private static long low(Digest digest) {
    return Long.parseUnsignedLong(digest.hex(), HALF, 2 * HALF, RADIX);
  }

  private int slot(long high, long low) {
    int slots = keys.length / 2;
    int slot = (int) (low & (slots - 1));
    while (keys[2 * slot] != 0 && !(keys[2 * slot] == high && keys[2 * slot + 1] == low)) {
      slot = (slot + 1) & (slots - 1);
    }
    return slot;
  }

  private void grow() {
    long[] old = keys;
    BitSet oldShared = shared;
    keys = new long[2 * old.length];
    shared = new BitSet();
    for (int i = 0; i < old.length / 2; i++) {
      if (old[2 * i] != 0) {
        int slot = slot(old[2 * i], old[2 * i + 1]);
        keys[2 * slot] = old[2 * i];
        keys[2 * slot + 1] = old[2 * i + 1];
        shared.set(slot, oldShared.get(i));
      }
    }
  }
}
