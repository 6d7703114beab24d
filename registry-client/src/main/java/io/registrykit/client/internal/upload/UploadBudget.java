package io.registrykit.client.internal.upload;

/**
 * How many failures an upload may see: few in a row that got it nowhere, many in all. Not safe for
 * use by several threads at once.
 */
final class UploadBudget {
  private static final int MAX_TOTAL = 10_000;

  private final int maxInRow;
  private int inRow;
  private int total;
  private long best;

  UploadBudget(int maxInRow) {
    this.maxInRow = maxInRow;
  }

  /** The registry has this many bytes. */
  void reached(long offset) {
    if (offset > best) {
      best = offset;
      inRow = 0;
    }
  }

  /** Counts a failure; false when it was one too many. */
  boolean failed() {
    inRow++;
    total++;
    return inRow < maxInRow && total < MAX_TOTAL;
  }

  int inRow() {
    return inRow;
  }
}
