package io.registrykit.internal.engine;

import io.registrykit.model.ByteRange;

/**
 * Reads the {@code Range} of a request. Thread-safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-14.2">RFC 9110, section 14.2</a>
 */
final class RangeHeader {
  private static final String UNIT = "bytes=";

  private RangeHeader() {}

  /** Which bytes to serve. */
  sealed interface Selection {
    /** All of them: the header is malformed or asks for several ranges, and so it is ignored. */
    record Whole() implements Selection {}

    /** Some of them. */
    record Part(ByteRange range) implements Selection {}

    /** None, because the range has no byte of the content. */
    record Unsatisfiable() implements Selection {}
  }

  static final Selection WHOLE = new Selection.Whole();
  private static final Selection UNSATISFIABLE = new Selection.Unsatisfiable();

  /**
   * Reads a header.
   *
   * @param header its value
   * @param size the length of the content
   * @return which bytes it selects; a range whose end lies before its start selects none, as the
   *     conformance suite of OCI has it
   */
  static Selection select(String header, long size) {
    String value = header.strip();
    if (!value.regionMatches(true, 0, UNIT, 0, UNIT.length()) || value.indexOf(',') >= 0) {
      return WHOLE;
    }
    String spec = value.substring(UNIT.length()).strip();
    int dash = spec.indexOf('-');
    if (dash < 0) {
      return WHOLE;
    }
    long first = Decimal.parse(spec, 0, dash);
    long last = Decimal.parse(spec, dash + 1, spec.length());
    boolean open = dash == spec.length() - 1;
    if (dash == 0) {
      return open || last < 0 ? WHOLE : suffix(last, size);
    }
    if (first < 0 || (last < 0 && !open)) {
      return WHOLE;
    }
    long end = open ? size : Math.min(size, last == Long.MAX_VALUE ? last : last + 1);
    return first >= end ? UNSATISFIABLE : new Selection.Part(new ByteRange(first, end - first));
  }

  private static Selection suffix(long length, long size) {
    long taken = Math.min(length, size);
    return taken == 0 ? UNSATISFIABLE : new Selection.Part(new ByteRange(size - taken, taken));
  }
}
