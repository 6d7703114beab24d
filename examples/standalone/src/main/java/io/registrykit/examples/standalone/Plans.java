package io.registrykit.examples.standalone;

import io.registrykit.CopyPlan;
import io.registrykit.model.Digest;
import java.io.PrintWriter;
import java.util.Locale;

/** Says what a copy would do, one line for each thing. */
final class Plans {
  private Plans() {}

  static void print(PrintWriter out, CopyPlan plan) {
    plan.blobs().forEach(one -> line(out, one.action(), "blob", one.digest(), one.size()));
    plan.manifests()
        .forEach(
            one ->
                line(
                    out,
                    one.action(),
                    "manifest",
                    one.descriptor().digest(),
                    one.descriptor().size()));
    for (CopyPlan.Target tag : plan.tags()) {
      String from = tag.before().map(digest -> " from " + digest).orElse("");
      String how = tag.moves() ? "moves" : from.isEmpty() ? "new" : "stays";
      out.printf("%-8s tag      %s%s%n", how, tag.tag(), tag.moves() ? from : "");
    }
    out.printf("%,d bytes to send%n", plan.bytesToTransfer());
  }

  private static void line(
      PrintWriter out, CopyPlan.Action action, String kind, Digest digest, long size) {
    out.printf(
        "%-8s %-8s %s %,d bytes%n", action.name().toLowerCase(Locale.ROOT), kind, digest, size);
  }
}
