package io.registrykit.examples.standalone;

import io.registrykit.CopyReport;
import java.io.PrintWriter;

/** Says what was copied. */
final class Totals {
  private Totals() {}

  static void print(PrintWriter out, CopyReport report) {
    out.printf(
        "%,d repositories, %,d images, %,d tags%n",
        report.repositories(), report.images(), report.tags());
  }
}
