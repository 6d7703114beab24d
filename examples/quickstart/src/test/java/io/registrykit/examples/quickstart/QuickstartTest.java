package io.registrykit.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class QuickstartTest {

  @Test
  void tellsEveryStepOfTheTour() throws Exception {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    Quickstart.run(new PrintStream(printed, true, StandardCharsets.UTF_8));

    String text = printed.toString(StandardCharsets.UTF_8);
    assertThat(text)
        .contains("Started a registry inside this program, at http://127.0.0.1:")
        .contains("manifest, which names them all, tagged v1")
        .contains("{\"repositories\":[\"team/shop/api\"]}")
        .contains("{\"name\":\"team/shop/api\",\"tags\":[\"bill\",\"v1\"]}")
        .contains("belongs to v1     application/vnd.example.bill+json")
        .contains("v1 is gone: asking for it answers 404.")
        .contains("{\"name\":\"team/shop/api\",\"tags\":[\"bill\"]}")
        .contains("Stopped the registry.");
    assertThat(text.lines().filter(line -> line.endsWith("is what was pushed"))).hasSize(6);
  }

  @Test
  void layersAreTarFiles() throws Exception {
    Layer layer = Layer.of("a file", Map.of("etc/name", "hello"));
    byte[] tar = new GZIPInputStream(layer.content().asInputStream()).readAllBytes();
    assertThat(tar.length % 512).isZero();
    assertThat(new String(tar, 0, 8, StandardCharsets.US_ASCII)).isEqualTo("etc/name");
    assertThat(new String(tar, 257, 5, StandardCharsets.US_ASCII)).isEqualTo("ustar");
    assertThat(new String(tar, 512, 5, StandardCharsets.US_ASCII)).isEqualTo("hello");
  }
}
