package io.registrykit.spi.tck.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.http.HttpResponse;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Parts of blobs. */
abstract class RangeWorkflows extends Workflows {
  private static final byte[] CONTENT = content(4, 2_000);
  private static final String DIGEST = sha256(CONTENT);

  @BeforeEach
  void pushContent() throws Exception {
    pushBlob(CONTENT);
  }

  private HttpResponse<byte[]> range(String range) throws Exception {
    HttpResponse<byte[]> response = wire.get(blobs(DIGEST), "Range", "bytes=" + range);
    assumeTrue(
        response.statusCode() != 200 || response.body().length != CONTENT.length,
        "the registry gives no parts of blobs");
    return response;
  }

  private void assertPart(String range, int from, int to) throws Exception {
    HttpResponse<byte[]> part = expect(206, range(range));
    assertArrayEquals(Arrays.copyOfRange(CONTENT, from, to), part.body());
    assertEquals("bytes " + from + "-" + (to - 1) + "/2000", header(part, "Content-Range"));
    assertEquals(Integer.toString(to - from), header(part, "Content-Length"));
  }

  @Test
  void givesTheMiddle() throws Exception {
    assertPart("500-1499", 500, 1_500);
  }

  @Test
  void givesOneByte() throws Exception {
    assertPart("0-0", 0, 1);
  }

  @Test
  void givesTheRest() throws Exception {
    assertPart("500-", 500, 2_000);
  }

  @Test
  void givesTheLastBytes() throws Exception {
    assertPart("-500", 1_500, 2_000);
  }

  @Test
  void endsAtTheEnd() throws Exception {
    assertPart("1999-9000", 1_999, 2_000);
  }

  @Test
  void refusesARangeBehindTheEnd() throws Exception {
    assertEquals("bytes */2000", header(expect(416, range("2000-3000")), "Content-Range"));
  }
}
