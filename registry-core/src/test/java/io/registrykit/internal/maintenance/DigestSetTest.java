package io.registrykit.internal.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrykit.model.Digest;
import io.registrykit.model.DigestAlgorithm;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DigestSetTest {
  private static Digest random(Random random) {
    StringBuilder hex = new StringBuilder(64);
    while (hex.length() < 64) {
      hex.append("%016x".formatted(random.nextLong()));
    }
    return new Digest(DigestAlgorithm.SHA256, hex.toString());
  }

  @Test
  void holdsWhatWasAddedAndNothingElse() {
    Random random = new Random(1);
    DigestSet set = new DigestSet();
    Set<Digest> expected = new HashSet<>();
    List<Digest> others = new ArrayList<>();
    for (int i = 0; i < 50_000; i++) {
      Digest digest = random(random);
      assertThat(set.add(digest)).isEqualTo(expected.add(digest));
      others.add(random(random));
    }

    assertThat(set.size()).isEqualTo(expected.size());
    assertThat(expected).allMatch(set::contains);
    assertThat(expected).noneMatch(set::add);
    assertThat(others).noneMatch(set::contains);
  }

  @Test
  void holdsDigestsThatLookLikeFreePlaces() {
    DigestSet set = new DigestSet();
    Digest zeros = new Digest(DigestAlgorithm.SHA512, "0".repeat(128));

    assertThat(set.contains(zeros)).isFalse();
    assertThat(set.add(zeros)).isTrue();
    assertThat(set.add(zeros)).isFalse();
    assertThat(set.contains(zeros)).isTrue();
  }

  @Test
  void holdsDigestsThatShareTheirPlaces() {
    DigestSet set = new DigestSet();
    for (int i = 0; i < 1000; i++) {
      assertThat(
              set.add(
                  new Digest(DigestAlgorithm.SHA256, "%016x%048x".formatted((long) i << 20, 0))))
          .isTrue();
    }
    assertThat(set.size()).isEqualTo(1000);
  }
}
