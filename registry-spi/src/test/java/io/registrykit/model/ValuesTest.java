package io.registrykit.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ValuesTest {
  private static final Digest DIGEST = new Digest(DigestAlgorithm.SHA256, "0".repeat(64));

  @Test
  void bytesKeepTheirContentFromLaterChanges() {
    byte[] source = {1, 2, 3};
    Bytes bytes = Bytes.copyOf(source);
    source[0] = 9;
    bytes.toArray()[1] = 9;
    assertThat(bytes.toArray()).containsExactly(1, 2, 3);
    assertThat(bytes).isEqualTo(Bytes.copyOf(new byte[] {1, 2, 3})).isNotEqualTo(Bytes.empty());
    assertThat(bytes.asByteBuffer().isReadOnly()).isTrue();
  }

  @Test
  void bytesAreReadUpToALimit() throws IOException {
    assertThat(Bytes.readFrom(new ByteArrayInputStream(new byte[4]), 4))
        .hasValueSatisfying(bytes -> assertThat(bytes.length()).isEqualTo(4));
    assertThat(Bytes.readFrom(new ByteArrayInputStream(new byte[5]), 4)).isEmpty();
    assertThat(Bytes.readFrom(new ByteArrayInputStream(new byte[0]), 0)).contains(Bytes.empty());
  }

  @Test
  void bytesGoOutAsTheyAre() throws IOException {
    Bytes bytes = Bytes.utf8("grüße");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    bytes.writeTo(out);
    assertThat(Bytes.copyOf(out.toByteArray())).isEqualTo(bytes);
    assertThat(bytes.asInputStream().readAllBytes()).isEqualTo(bytes.toArray());
    assertThat(bytes.toUtf8()).isEqualTo("grüße");
    assertThat(bytes).hasToString("7 bytes");
  }

  @Test
  void mediaTypesCompareWithoutRegardToCaseAndLoseTheirParameters() {
    MediaType type = MediaType.parse("Application/JSON; charset=utf-8");
    assertThat(type).isEqualTo(MediaType.JSON).hasSameHashCodeAs(MediaType.JSON);
    assertThat(type).hasToString("Application/JSON");
    assertThatIllegalArgumentException().isThrownBy(() -> MediaType.parse("json"));
    assertThatIllegalArgumentException().isThrownBy(() -> MediaType.parse("a/b\r\nX: y"));
  }

  @Test
  void aDescriptorKeepsTheOrderOfItsAnnotations() {
    Map<String, String> annotations = new LinkedHashMap<>();
    annotations.put("z", "1");
    annotations.put("a", "2");
    Descriptor descriptor = new Descriptor(MediaType.JSON, DIGEST, 1, null, annotations);
    annotations.clear();
    assertThat(descriptor.annotations()).containsExactly(Map.entry("z", "1"), Map.entry("a", "2"));
    assertThatThrownBy(() -> descriptor.annotations().put("b", "3"))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Descriptor(MediaType.JSON, DIGEST, -1));
  }

  @Test
  void rangesStayInBounds() {
    assertThat(ByteRange.whole(7).end()).isEqualTo(7);
    assertThatIllegalArgumentException().isThrownBy(() -> new ByteRange(-1, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new ByteRange(0, -1));
    assertThatIllegalArgumentException().isThrownBy(() -> new ByteRange(Long.MAX_VALUE, 1));
  }

  @Test
  void pagesAreAskedForOneAfterTheOther() {
    PageRequest first = PageRequest.first(2);
    assertThat(first.next("b")).isEqualTo(new PageRequest(2, "b"));
    assertThatIllegalArgumentException().isThrownBy(() -> PageRequest.first(0));
    Page<Integer> page = new Page<>(List.of("a", "bb"), "bb").map(String::length);
    assertThat(page.items()).containsExactly(1, 2);
    assertThat(page.nextAfter()).contains("bb");
    assertThat(Page.empty().nextAfter()).isEmpty();
  }
}
