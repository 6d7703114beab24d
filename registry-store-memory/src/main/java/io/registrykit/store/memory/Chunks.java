package io.registrykit.store.memory;

import io.registrykit.model.Hasher;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Bytes in a list of arrays that grows without moving what it holds. Written by one thread; once
 * {@linkplain #trim trimmed} and handed on safely, read by any number.
 */
final class Chunks {
  private static final int SMALLEST = 4 * 1024;
  private static final int LARGEST = 256 * 1024;

  private final List<byte[]> arrays = new ArrayList<>();

  /** Where each array starts, to find a byte without walking the list. */
  private final List<Long> starts = new ArrayList<>();

  private long size;

  long size() {
    return size;
  }

  /**
   * Reads once from a stream into the free end; the bytes do not count before {@link #accept}.
   *
   * @return how many bytes came, or -1 at the end of the stream
   */
  int fill(InputStream in) throws IOException {
    int last = arrays.size() - 1;
    if (last < 0 || used(last) == arrays.get(last).length) {
      int length = last < 0 ? SMALLEST : Math.min(LARGEST, arrays.get(last).length * 2);
      arrays.add(new byte[length]);
      starts.add(size);
      last++;
    }
    byte[] free = arrays.get(last);
    int offset = used(last);
    return in.read(free, offset, free.length - offset);
  }

  /** Counts bytes that {@link #fill} read. */
  void accept(int count) {
    size += count;
  }

  /** Takes the end away. */
  void truncate(long newSize) {
    size = newSize;
    int last = arrays.size() - 1;
    while (last >= 0 && starts.get(last) >= newSize) {
      arrays.remove(last);
      starts.remove(last);
      last--;
    }
  }

  /** Gives back the free end of the last array. */
  void trim() {
    truncate(size);
    int last = arrays.size() - 1;
    if (last >= 0 && used(last) < arrays.get(last).length) {
      arrays.set(last, Arrays.copyOf(arrays.get(last), used(last)));
    }
  }

  /** Feeds a hash with everything that it has not seen. */
  void catchUp(Hasher hasher) {
    while (hasher.size() < size) {
      int index = indexOf(hasher.size());
      int from = (int) (hasher.size() - starts.get(index));
      hasher.update(arrays.get(index), from, used(index) - from);
    }
  }

  /** Copies from one position up to the end of its array, at most {@code length} bytes. */
  int copy(long position, byte[] target, int offset, int length) {
    int index = indexOf(position);
    int from = (int) (position - starts.get(index));
    int count = Math.min(length, used(index) - from);
    System.arraycopy(arrays.get(index), from, target, offset, count);
    return count;
  }

  /** Writes a run of bytes out of the arrays themselves. */
  void writeTo(OutputStream out, long position, long length) throws IOException {
    long at = position;
    long end = position + length;
    while (at < end) {
      int index = indexOf(at);
      int from = (int) (at - starts.get(index));
      int count = (int) Math.min(end - at, used(index) - from);
      out.write(arrays.get(index), from, count);
      at += count;
    }
  }

  private int used(int index) {
    return (int) Math.min(size - starts.get(index), arrays.get(index).length);
  }

  private int indexOf(long position) {
    int low = 0;
    int high = starts.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (starts.get(middle) <= position) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }
}
