package io.registrykit.internal.engine;

/** Reads the numbers that stand in headers: digits and nothing else. Thread-safe. */
final class Decimal {
  private Decimal() {}

  /**
   * Reads a number.
   *
   * @param text where it stands
   * @param start its first character
   * @param end the index behind its last
   * @return the number, {@code Long.MAX_VALUE} when it is larger, or -1 when there is anything but
   *     digits, or nothing
   */
  static long parse(String text, int start, int end) {
    if (start >= end) {
      return -1;
    }
    long value = 0;
    for (int i = start; i < end; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = value > (Long.MAX_VALUE - digit) / 10 ? Long.MAX_VALUE : value * 10 + digit;
    }
    return value;
  }
}
