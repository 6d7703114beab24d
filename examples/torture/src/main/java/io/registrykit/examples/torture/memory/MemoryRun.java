package io.registrykit.examples.torture.memory;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.registrykit.EmbeddedRegistry;
import io.registrykit.EmbeddedRepository;
import io.registrykit.examples.torture.process.Resources;
import io.registrykit.examples.torture.process.ServerProcess;
import io.registrykit.examples.torture.wire.Blob;
import io.registrykit.examples.torture.wire.Manifest;
import io.registrykit.examples.torture.wire.Reply;
import io.registrykit.examples.torture.wire.Wire;
import io.registrykit.model.Bytes;
import io.registrykit.model.Digest;
import io.registrykit.model.MediaType;
import io.registrykit.model.RawManifest;
import io.registrykit.model.RepositoryName;
import io.registrykit.store.fs.Durability;
import io.registrykit.store.fs.FileStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Asks a server with a small heap for all that costs memory, and looks whether it goes on. Used by
 * one thread.
 */
public final class MemoryRun {
  private static final String REPOSITORY = "memory/large";
  private static final Blob CONFIG = Blob.of("{}");
  private static final int MANIFESTS = 200;
  private static final int LIMIT = 4 << 20;

  /** How deep a document is nested: as index nests in index, and as no limit would let it. */
  private static final List<Integer> DEPTHS = List.of(100, 250_000);

  private final List<String> violations = new ArrayList<>();
  private final Wire wire;

  /**
   * What came of a run.
   *
   * @param answers how often each status came to manifests of 4 MiB that were sent at once
   * @param residentMib the most memory of the server, in MiB
   * @param heapBefore what was live on its heap before, in bytes
   * @param heapAfter and afterwards
   */
  public record Report(
      Map<Integer, Integer> answers,
      int referrers,
      long residentMib,
      long heapBefore,
      long heapAfter,
      List<String> violations) {
    /** One line of figures. */
    public String summary() {
      return "%d manifests of 4 MiB at once: %s; %,d referrers; peak %,d MiB resident; live heap %,d KiB before, %,d KiB after; %d violations"
          .formatted(
              MANIFESTS,
              answers,
              referrers,
              residentMib,
              heapBefore >> 10,
              heapAfter >> 10,
              violations.size());
    }
  }

  private MemoryRun(Wire wire) {
    this.wire = wire;
  }

  /**
   * Runs it as a command, with heaps of 256 and 128 MiB.
   *
   * @param args a folder; and optionally how many referrers
   */
  @SuppressWarnings("SystemOut") // a command
  public static void main(String[] args) throws Exception {
    int referrers = args.length > 1 ? Integer.parseInt(args[1]) : 10_000;
    boolean whole = true;
    for (int heap : List.of(256, 128)) {
      Report report = run(Path.of(args[0]).resolve("heap-" + heap), heap, referrers);
      System.out.println("-Xmx" + heap + "m: " + report.summary());
      report.violations().forEach(System.out::println);
      whole &= report.violations().isEmpty();
    }
    System.exit(whole ? 0 : 1);
  }

  /**
   * Runs it.
   *
   * @param root an empty folder
   * @param heap of the server, in MiB
   * @param referrers how many manifests are about one
   */
  public static Report run(Path root, int heap, int referrers) throws Exception {
    String subject = fill(root, referrers);
    List<String> jvm = List.of("-Xmx" + heap + "m", "-XX:+ExitOnOutOfMemoryError");
    try (ServerProcess server = ServerProcess.standalone(jvm, root)) {
      MemoryRun run = new MemoryRun(server.wire());
      Resources resources = new Resources(server.process());
      run.wire.get("/v2/");
      long before = resources.liveHeapBytes();
      Map<Integer, Integer> answers = run.manifests();
      run.refuse();
      run.lists();
      int listed = run.referrers(subject);
      if (listed != referrers) {
        run.violations.add(listed + " of " + referrers + " referrers are listed");
      }
      run.expect(200, run.wire.get("/v2/" + REPOSITORY + "/manifests/" + subject));
      return new Report(
          answers,
          listed,
          resources.peakResidentKib() >> 10,
          before,
          resources.liveHeapBytes(),
          run.violations);
    }
  }

  private static String fill(Path root, int referrers) throws IOException {
    try (FileStore store = FileStore.at(root).durability(Durability.RELAXED).open();
        EmbeddedRegistry registry = EmbeddedRegistry.builder().store(store).build()) {
      EmbeddedRepository repository = registry.repository(RepositoryName.parse(REPOSITORY));
      repository.pushBlob(
          Digest.parse(CONFIG.digest()), Bytes.copyOf(CONFIG.bytes()).asInputStream());
      Manifest subject = Manifest.image(CONFIG, List.of());
      push(repository, subject.bytes());
      for (int i = 0; i < referrers; i++) {
        String referrer = new String(Manifest.referrer(CONFIG, subject).bytes(), UTF_8);
        push(
            repository,
            (referrer.substring(0, referrer.length() - 1)
                    + ",\"annotations\":{\"n\":\""
                    + i
                    + "\"}}")
                .getBytes(UTF_8));
      }
      return subject.digest();
    }
  }

  private static void push(EmbeddedRepository repository, byte[] manifest) {
    repository.pushManifest(
        RawManifest.of(MediaType.OCI_MANIFEST, Bytes.copyOf(manifest)), Set.of());
  }

  /** Each is as large as may be, half of them of one string and half of as many parts as fit. */
  private Map<Integer, Integer> manifests() throws InterruptedException, ExecutionException {
    String one = padded(",\"annotations\":{\"pad\":\"", "x", "\"}}");
    String layer = Manifest.describe("application/vnd.oci.image.layer.v1.tar", CONFIG);
    String many = padded(",\"annotations\":{\"a\":\"b\"},\"more\":[0", "," + layer, "]}");
    Map<Integer, Integer> answers = new TreeMap<>();
    ExecutorService threads = Executors.newFixedThreadPool(MANIFESTS);
    try {
      List<Callable<Reply>> requests = new ArrayList<>();
      for (int i = 0; i < MANIFESTS; i++) {
        byte[] bytes = (i % 2 == 0 ? one : many).getBytes(UTF_8);
        String path = "/v2/" + REPOSITORY + "/manifests/t" + i;
        requests.add(() -> put(path, bytes));
      }
      for (Future<Reply> reply : threads.invokeAll(requests)) {
        answers.merge(reply.get().status(), 1, Integer::sum);
      }
    } finally {
      threads.shutdownNow();
    }
    if (!Set.of(201, 429, 503).containsAll(answers.keySet()) || !answers.containsKey(201)) {
      violations.add("manifests of 4 MiB answer " + answers);
    }
    return answers;
  }

  private Reply put(String path, byte[] manifest) throws IOException {
    return wire.send("PUT", path, manifest, "Content-Type", Manifest.IMAGE);
  }

  private static String padded(String start, String part, String end) {
    String image = new String(Manifest.image(CONFIG, List.of()).bytes(), UTF_8);
    String head = image.substring(0, image.length() - 1) + start;
    int parts = (LIMIT - head.length() - end.length()) / part.length();
    return head + part.repeat(parts) + end;
  }

  private void refuse() throws IOException {
    String path = "/v2/" + REPOSITORY + "/manifests/refused";
    expect(413, put(path, new byte[5 << 20]));
    for (int depth : DEPTHS) {
      expect(400, put(path, ("[".repeat(depth) + "]".repeat(depth)).getBytes(UTF_8)));
      String nested = "{\"manifests\":[".repeat(depth) + "]}".repeat(depth);
      expect(400, put(path, nested.getBytes(UTF_8)));
    }
  }

  private void lists() throws IOException {
    for (String path : List.of(REPOSITORY + "/tags/list", "_catalog")) {
      expect(200, wire.get("/v2/" + path + "?n=" + Integer.MAX_VALUE));
      expect(200, wire.get("/v2/" + path + "?n=99999999999999999999"));
    }
  }

  /** Reads all pages, and counts. */
  private int referrers(String subject) throws IOException {
    String path = "/v2/" + REPOSITORY + "/referrers/" + subject;
    int count = 0;
    while (!path.isEmpty()) {
      Reply page = wire.get(path);
      expect(200, page);
      count += page.text().split("\"digest\"", -1).length - 1;
      if (page.body().length > LIMIT) {
        violations.add("a page of referrers has " + page.body().length + " bytes");
      }
      String link = page.header("Link");
      path = link.isEmpty() ? "" : link.substring(1, link.indexOf('>'));
    }
    return count;
  }

  private void expect(int status, Reply reply) {
    if (reply.status() != status) {
      violations.add("answers " + reply + " and not " + status);
    }
  }
}
