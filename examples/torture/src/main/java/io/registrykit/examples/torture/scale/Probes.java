package io.registrykit.examples.torture.scale;

import io.registrykit.examples.torture.wire.Blob;
import io.registrykit.examples.torture.wire.Manifest;
import io.registrykit.examples.torture.wire.Reply;
import io.registrykit.examples.torture.wire.Wire;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** What is measured of a server. */
final class Probes {
  /** Has all the tags. */
  static final String TAGGED = "scale/tagged";

  /** How many tags the small store has, so that a page is as long as in the large one. */
  static final int FEW_TAGS = 200;

  private static final int WARM_UP = 300;
  private static final int ROUNDS = 1000;
  private static final int PAGE = 100;

  private Probes() {}

  /** One measured request, or a few. */
  interface Probe {
    /** Asks a server whose repository has so many tags. */
    void ask(Wire wire, int tags, SplittableRandom random) throws IOException;
  }

  static String tag(int number) {
    return "v%07d".formatted(number);
  }

  static Map<String, Probe> all() {
    Map<String, Probe> probes = new LinkedHashMap<>();
    probes.put(
        "manifest GET by tag",
        (wire, tags, random) ->
            expect(200, wire.get("/v2/" + TAGGED + "/manifests/" + tag(random.nextInt(tags)))));
    probes.put(
        "page of 100 tags",
        (wire, tags, random) ->
            expect(
                200,
                wire.get(
                    "/v2/"
                        + TAGGED
                        + "/tags/list?n="
                        + PAGE
                        + "&last="
                        + tag(random.nextInt(tags - PAGE)))));
    probes.put("push of a small image", Probes::push);
    return probes;
  }

  private static void push(Wire wire, int tags, SplittableRandom random) throws IOException {
    Blob config = Blob.of("{\"n\":" + random.nextLong() + "}");
    expect(201, wire.post(TAGGED, config));
    String tag = tag(random.nextInt(tags));
    expect(201, wire.put(TAGGED, tag, Manifest.image(config, List.of(config))));
  }

  private static void expect(int status, Reply reply) {
    if (reply.status() != status) {
      throw new IllegalStateException("answers " + reply);
    }
  }

  /** The median times of two servers, asked in turn so that noise hits both alike. */
  static long[] compare(Probe probe, Wire small, int fewTags, Wire large, int manyTags)
      throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    long[][] nanos = new long[2][ROUNDS];
    for (int i = -WARM_UP; i < ROUNDS; i++) {
      long start = System.nanoTime();
      probe.ask(small, fewTags, random);
      long middle = System.nanoTime();
      probe.ask(large, manyTags, random);
      if (i >= 0) {
        nanos[0][i] = middle - start;
        nanos[1][i] = System.nanoTime() - middle;
      }
    }
    return new long[] {median(nanos[0]), median(nanos[1])};
  }

  static long median(long[] nanos) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
