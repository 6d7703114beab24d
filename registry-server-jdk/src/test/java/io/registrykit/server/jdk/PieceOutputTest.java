package io.registrykit.server.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PieceOutputTest {
  private final List<Integer> writes = new ArrayList<>();
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final PieceOutput out =
      new PieceOutput(
          new OutputStream() {
            @Override
            public void write(int b) {
              throw new AssertionError("byte by byte");
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
              writes.add(length);
              written.write(bytes, offset, length);
            }
          },
          8);

  @Test
  void gathersSmallWrites() throws IOException {
    out.write(1);
    out.write(new byte[] {2, 3, 4, 5});
    out.write(new byte[] {6, 7, 8});
    assertThat(writes).isEmpty();
    out.write(9);
    out.flush();
    assertThat(writes).containsExactly(8, 1);
    assertThat(written.toByteArray()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9);
  }

  @Test
  void passesLargeWritesOnAsTheyAre() throws IOException {
    out.write(new byte[8]);
    out.write(7);
    out.write(new byte[20]);
    out.flush();
    assertThat(writes).containsExactly(8, 1, 20);
  }

  @Test
  void keepsEveryByteInItsPlace() throws IOException {
    Random random = new Random(17);
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    for (int i = 0; i < 1000; i++) {
      byte[] bytes = new byte[random.nextInt(20)];
      random.nextBytes(bytes);
      out.write(bytes, bytes.length / 3, bytes.length - bytes.length / 3);
      expected.write(bytes, bytes.length / 3, bytes.length - bytes.length / 3);
      if (i % 7 == 0) {
        out.write(i);
        expected.write(i);
      }
    }
    out.flush();
    assertThat(written.toByteArray()).isEqualTo(expected.toByteArray());
  }
}
