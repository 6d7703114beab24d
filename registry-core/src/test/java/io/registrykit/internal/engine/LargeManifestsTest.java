package io.registrykit.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InterruptedIOException;
import org.junit.jupiter.api.Test;

class LargeManifestsTest {
  private final LargeManifests large = new LargeManifests();

  @Test
  void ordinaryManifestsNeedNoRoom() {
    assertThat(large.isLarge(10_000)).isFalse();
    assertThat(large.isLarge(256 << 10)).isFalse();
    assertThat(large.isLarge((256 << 10) + 1)).isTrue();
    assertThat(large.isLarge(-1)).isTrue();
  }

  @Test
  void roomThatIsGivenBackIsThereAgain() throws InterruptedIOException {
    for (int i = 0; i < 2000; i++) {
      large.enter();
      large.leave();
    }
    assertThat(large.isLarge(1)).isFalse();
  }
}
