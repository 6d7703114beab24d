package io.registrykit.examples.standalone;

import io.registrykit.model.Digest;
import io.registrykit.model.DigestAlgorithm;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Pushes and deletes in a repository of its own, and remembers what was acknowledged. */
final class KillPusher {
  private static final String TYPE = "application/vnd.oci.image.manifest.v1+json";
  private static final int TAGS = 40;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String repository;
  private final Random random;

  /** Blobs that were acknowledged. */
  private final List<Digest> blobs = new ArrayList<>();

  /**
   * What each tag may be: the digests that were acknowledged last or asked for since; "" is none.
   */
  private final Map<String, Set<String>> tags = new TreeMap<>();

  private long acknowledged;

  KillPusher(String repository, long seed) {
    this.repository = repository;
    this.random = new Random(seed);
  }

  long acknowledged() {
    return acknowledged;
  }

  /** Goes on until the server does not answer. */
  void push(URI base) {
    try {
      while (true) {
        String tag = "t" + random.nextInt(TAGS);
        if (random.nextInt(5) == 0) {
          delete(base, tag);
        } else {
          pushImage(base, tag);
        }
      }
    } catch (IOException e) {
      // The server was killed: what was asked for last may have happened or not.
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void pushImage(URI base, String tag) throws IOException, InterruptedException {
    Digest config = pushBlob(base, 200);
    Digest layer = pushBlob(base, random.nextInt(4) == 0 ? 100_000 : 3_000);
    String text =
        "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"config\":%s,\"layers\":[%s]}"
            .formatted(
                TYPE,
                descriptor("application/vnd.oci.image.config.v1+json", config, 200),
                descriptor("application/vnd.oci.image.layer.v1.tar", layer, 1));
    byte[] manifest = text.getBytes(StandardCharsets.UTF_8);
    String digest = Digest.of(DigestAlgorithm.SHA256, manifest).toString();
    ask(tag, digest);
    HttpResponse<byte[]> answer =
        send(
            request(base, "manifests/" + tag)
                .header("Content-Type", TYPE)
                .PUT(BodyPublishers.ofByteArray(manifest)));
    if (answer.statusCode() == 201) {
      answer(tag, digest);
    }
  }

  private static String descriptor(String type, Digest digest, long size) {
    return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d}".formatted(type, digest, size);
  }

  private Digest pushBlob(URI base, int size) throws IOException, InterruptedException {
    byte[] content = new byte[size];
    random.nextBytes(content);
    Digest digest = Digest.of(DigestAlgorithm.SHA256, content);
    HttpResponse<byte[]> begun =
        send(request(base, "blobs/uploads/").POST(BodyPublishers.noBody()));
    String location = begun.headers().firstValue("Location").orElse("");
    if (begun.statusCode() != 202) {
      return digest;
    }
    URI upload = base.resolve(location);
    String query = upload.getRawQuery() == null ? "?" : "&";
    HttpResponse<byte[]> done =
        send(
            HttpRequest.newBuilder(URI.create(upload + query + "digest=" + digest))
                .timeout(Duration.ofSeconds(20))
                .PUT(BodyPublishers.ofByteArray(content)));
    if (done.statusCode() == 201) {
      blobs.add(digest);
      acknowledged++;
    }
    return digest;
  }

  private void delete(URI base, String tag) throws IOException, InterruptedException {
    if (!tags.containsKey(tag)) {
      return;
    }
    ask(tag, "");
    HttpResponse<byte[]> answer = send(request(base, "manifests/" + tag).DELETE());
    if (answer.statusCode() == 202) {
      answer(tag, "");
    }
  }

  private void ask(String tag, String digest) {
    tags.computeIfAbsent(tag, key -> new HashSet<>(Set.of(""))).add(digest);
  }

  private void answer(String tag, String digest) {
    tags.put(tag, new HashSet<>(Set.of(digest)));
    acknowledged++;
  }

  private HttpRequest.Builder request(URI base, String path) {
    return HttpRequest.newBuilder(base.resolve("/v2/" + repository + "/" + path))
        .timeout(Duration.ofSeconds(20));
  }

  private HttpResponse<byte[]> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  /** Reads back every tag and a sample of the blobs; returns how many were read. */
  long verify(URI base, int sample) throws IOException, InterruptedException {
    long read = 0;
    for (Map.Entry<String, Set<String>> tag : tags.entrySet()) {
      String found = digestOf(send(request(base, "manifests/" + tag.getKey()).GET()), tag.getKey());
      if (!tag.getValue().contains(found == null ? "" : found)) {
        throw new AssertionError(
            repository + ":" + tag.getKey() + " is " + found + " and not " + tag.getValue());
      }
      tag.setValue(new HashSet<>(Set.of(found == null ? "" : found)));
      read++;
    }
    List<Digest> some = new ArrayList<>(blobs);
    Collections.shuffle(some, random);
    List<Digest> wanted = new ArrayList<>(some.subList(0, Math.min(sample, some.size())));
    // Those of the last life are the ones in danger.
    wanted.addAll(
        blobs.subList(Math.max(0, blobs.size() - Math.min(sample, blobs.size())), blobs.size()));
    for (Digest blob : wanted) {
      String found = digestOf(send(request(base, "blobs/" + blob).GET()), blob.toString());
      if (!blob.toString().equals(found)) {
        throw new AssertionError(repository + "@" + blob + " is " + found);
      }
      read++;
    }
    return read;
  }

  private static @Nullable String digestOf(HttpResponse<byte[]> answer, String what) {
    if (answer.statusCode() == 404) {
      return null;
    }
    if (answer.statusCode() != 200) {
      throw new AssertionError(what + " is answered with " + answer.statusCode());
    }
    return Digest.of(DigestAlgorithm.SHA256, answer.body()).toString();
  }
}
