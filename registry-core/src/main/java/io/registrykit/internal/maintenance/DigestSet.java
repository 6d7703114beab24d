package io.registrykit.internal.maintenance;

import io.registrykit.model.Digest;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Many digests in little memory: the first 16 bytes of each, in open tables that grow one at a
 * time. May take two digests for one; never forgets any. Not safe for use by several threads at
 * once.
 */
final class DigestSet {
  /** Many tables, so that none is large enough to be awkward for a garbage-collected heap. */
  private static final int TABLE_BITS = 10;

  private static final int PART_HEX_DIGITS = 16;
  private static final int HEX = 16;

  /** Unknown outside, so that nobody can choose digests that share their places. */
  private final long seed = ThreadLocalRandom.current().nextLong() | 1;

  private final Table[] tables = new Table[1 << TABLE_BITS];
  private long size;

  /**
   * Adds a digest.
   *
   * @return false when it was there
   */
  boolean add(Digest digest) {
    boolean added = table(digest).add(part(digest, 0), part(digest, 1));
    size += added ? 1 : 0;
    return added;
  }

  boolean contains(Digest digest) {
    return table(digest).contains(part(digest, 0), part(digest, 1));
  }

  long size() {
    return size;
  }

  private Table table(Digest digest) {
    int index = (int) (part(digest, 0) >>> (Long.SIZE - TABLE_BITS));
    if (tables[index] == null) {
      tables[index] = new Table(seed);
    }
    return tables[index];
  }

  private static long part(Digest digest, int index) {
    int start = index * PART_HEX_DIGITS;
    return Long.parseUnsignedLong(digest.hex(), start, start + PART_HEX_DIGITS, HEX);
  }

  /** Pairs of numbers; a pair of zeros marks a free place and is kept apart. */
  private static final class Table {
    private static final int FIRST_CAPACITY = 8;

    private final long seed;
    private long[] pairs = new long[2 * FIRST_CAPACITY];
    private int count;
    private boolean hasZero;

    Table(long seed) {
      this.seed = seed;
    }

    boolean contains(long high, long low) {
      return isZero(high, low) ? hasZero : !isZero(pairs, find(pairs, high, low));
    }

    boolean add(long high, long low) {
      if (isZero(high, low)) {
        boolean added = !hasZero;
        hasZero = true;
        return added;
      }
      int place = find(pairs, high, low);
      if (!isZero(pairs, place)) {
        return false;
      }
      put(pairs, place, high, low);
      count++;
      if (count * 8L > pairs.length / 2 * 6L) {
        grow();
      }
      return true;
    }

    private void grow() {
      long[] larger = new long[pairs.length * 2];
      for (int i = 0; i < pairs.length; i += 2) {
        if (!isZero(pairs, i)) {
          put(larger, find(larger, pairs[i], pairs[i + 1]), pairs[i], pairs[i + 1]);
        }
      }
      pairs = larger;
    }

    /** Where a pair is, or the free place where it belongs. */
    private int find(long[] pairs, long high, long low) {
      int mask = pairs.length / 2 - 1;
      int place = (int) (((high ^ low) * seed) >>> Integer.SIZE) & mask;
      while (!isZero(pairs, 2 * place)
          && (pairs[2 * place] != high || pairs[2 * place + 1] != low)) {
        place = (place + 1) & mask;
      }
      return 2 * place;
    }

    private static void put(long[] pairs, int place, long high, long low) {
      pairs[place] = high;
      pairs[place + 1] = low;
    }

    private static boolean isZero(long[] pairs, int place) {
      return isZero(pairs[place], pairs[place + 1]);
    }

    private static boolean isZero(long high, long low) {
      return (high | low) == 0;
    }
  }
}
