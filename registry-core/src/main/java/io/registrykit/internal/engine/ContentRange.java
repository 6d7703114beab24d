package io.registrykit.internal.engine;

import io.registrykit.error.ErrorCode;
import io.registrykit.error.InvalidContentException;
import io.registrykit.model.ByteRange;

/**
 * {@code Content-Range}: of a piece that is sent to an upload, and of a part of a blob that is
 * served. Thread-safe.
 */
final class ContentRange {
  private static final String UNIT = "bytes";

  private ContentRange() {}

  /**
   * Reads the range of a piece: {@code first-last}, both inclusive, as the OCI specification has
   * it. The form of RFC 9110, {@code bytes first-last/total}, says the same and is taken as well.
   *
   * @param header the value
   * @return the bytes of the upload that the piece is to become
   * @throws InvalidContentException ({@code BLOB_UPLOAD_INVALID}) if it has another form
   */
  static ByteRange parse(String header) {
    String value = header.strip();
    if (value.regionMatches(true, 0, UNIT, 0, UNIT.length())) {
      value = value.substring(UNIT.length()).strip();
    }
    int slash = value.indexOf('/');
    int end = slash < 0 ? value.length() : slash;
    int dash = value.indexOf('-');
    if (dash < 0 || !isTotal(value, slash)) {
      throw malformed();
    }
    long first = Decimal.parse(value, 0, dash);
    long last = Decimal.parse(value, dash + 1, end);
    if (first < 0 || last < first || last == Long.MAX_VALUE) {
      throw malformed();
    }
    return new ByteRange(first, last - first + 1);
  }

  private static boolean isTotal(String value, int slash) {
    return slash < 0
        || value.substring(slash + 1).equals("*")
        || Decimal.parse(value, slash + 1, value.length()) >= 0;
  }

  private static InvalidContentException malformed() {
    return new InvalidContentException(
        ErrorCode.BLOB_UPLOAD_INVALID, "Content-Range needs the form first-last");
  }

  /** Writes the range of a part. */
  static String of(ByteRange range, long size) {
    return UNIT + ' ' + range.offset() + '-' + (range.end() - 1) + '/' + size;
  }

  /** Writes that no part was served. */
  static String none(long size) {
    return UNIT + " */" + size;
  }
}
