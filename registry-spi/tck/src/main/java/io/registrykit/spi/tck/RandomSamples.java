package io.registrykit.spi.tck;

import io.registrykit.model.Digest;
import io.registrykit.model.PageRequest;
import io.registrykit.model.RepositoryName;
import io.registrykit.model.Tag;
import io.registrykit.spi.store.StoredManifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Few names and little content, so that random operations meet. */
final class RandomSamples {
  private static final List<RepositoryName> REPOSITORIES =
      List.of(
          RepositoryName.parse("a"), RepositoryName.parse("a/blobs"), RepositoryName.parse("a-b"));
  private static final List<Tag> TAGS =
      List.of(Tag.parse("V1"), Tag.parse("v1"), Tag.parse("v1.0"), Tag.parse("_"), Tag.parse("2"));
  private static final int[] SIZES = {0, 1, 100, 5_000, 70_000};

  private final Random random;
  private final List<byte[]> contents = new ArrayList<>();
  private final List<StoredManifest> manifests = new ArrayList<>();

  RandomSamples(Random random) {
    this.random = random;
    for (int size : SIZES) {
      contents.add(Samples.content(size, size));
    }
    Digest blob = Samples.sha256(contents.get(2));
    StoredManifest plain = Samples.manifest("plain");
    StoredManifest image = Samples.manifestOf("image", blob, Samples.sha256(contents.get(3)));
    Digest subject = image.record().digest();
    manifests.add(plain);
    manifests.add(image);
    manifests.add(Samples.manifest("index", null, Set.of(), Set.of(subject)));
    manifests.add(Samples.referrer("signature", subject));
    manifests.add(Samples.manifest("report", subject, Set.of(blob), Set.of()));
    manifests.add(Samples.referrer("of nothing", Samples.digest(1)));
    // The same bytes, of which a later push knows more.
    manifests.add(Samples.stored(plain.raw(), subject, Set.of(blob), Set.of()));
  }

  <T> T oneOf(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  RepositoryName repository() {
    return oneOf(REPOSITORIES);
  }

  Tag tag() {
    return oneOf(TAGS);
  }

  StoredManifest manifest() {
    return oneOf(manifests);
  }

  Digest manifestDigest() {
    return manifest().record().digest();
  }

  byte[] content() {
    return oneOf(contents);
  }

  Digest blobDigest() {
    byte[] content = content();
    return random.nextInt(4) == 0 ? Samples.sha512(content) : Samples.sha256(content);
  }

  /** Digests to ask for beside those that are found. */
  List<Digest> digests() {
    return List.of(Samples.digest(1), manifests.get(1).record().digest());
  }

  /** A page of some size, from the start or behind some text. */
  PageRequest page() {
    int limit = 1 + random.nextInt(4);
    return switch (random.nextInt(5)) {
      case 0 -> new PageRequest(limit, tag().value());
      case 1 -> new PageRequest(limit, manifestDigest().toString());
      case 2 -> new PageRequest(limit, repository().value() + (random.nextBoolean() ? "" : "!"));
      default -> PageRequest.first(limit);
    };
  }
}
