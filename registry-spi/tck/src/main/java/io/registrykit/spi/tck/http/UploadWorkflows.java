package io.registrykit.spi.tck.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.http.HttpResponse;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The state of an upload that goes on in pieces. */
abstract class UploadWorkflows extends Workflows {
  private static final byte[] CONTENT = content(2, 30_000);
  private static final String DIGEST = sha256(CONTENT);

  private static byte[] part(int from, int to) {
    return Arrays.copyOfRange(CONTENT, from, to);
  }

  private HttpResponse<byte[]> patch(String location, int from, int to) throws Exception {
    return wire.patch(
        location, part(from, to), "Content-Type", OCTETS, "Content-Range", from + "-" + (to - 1));
  }

  /** Sends the next piece; returns where the upload goes on. */
  private String next(String location, int from, int to) throws Exception {
    HttpResponse<byte[]> patched = expect(202, patch(location, from, to));
    assertEquals("0-" + (to - 1), header(patched, "Range"));
    return header(patched, "Location");
  }

  @Test
  void takesPieces() throws Exception {
    String location = next(next(startUpload(), 0, 10_000), 10_000, 20_000);
    location = next(location, 20_000, 30_000);
    expect(201, wire.put(withDigest(location, DIGEST), new byte[0]));
    assertBlob(CONTENT);
  }

  @Test
  void takesTheLastPieceWithThePut() throws Exception {
    String location = next(startUpload(), 0, 20_000);
    HttpResponse<byte[]> finished =
        wire.put(
            withDigest(location, DIGEST),
            part(20_000, 30_000),
            "Content-Type",
            OCTETS,
            "Content-Range",
            "20000-29999");
    expect(201, finished);
    assertBlob(CONTENT);
  }

  @Test
  void refusesAPieceAtTheWrongPlaceAndGoesOn() throws Exception {
    String location = next(startUpload(), 0, 10_000);
    expect(416, patch(location, 20_000, 30_000));
    expect(416, patch(location, 0, 10_000));
    location = next(location, 10_000, 30_000);
    expect(201, wire.put(withDigest(location, DIGEST), new byte[0]));
    assertBlob(CONTENT);
  }

  @Test
  void tellsHowFarItIs() throws Exception {
    String location = next(startUpload(), 0, 10_000);
    HttpResponse<byte[]> status = expect(204, wire.get(location));
    assertEquals("0-9999", header(status, "Range"));
    location = next(header(status, "Location"), 10_000, 30_000);
    expect(201, wire.put(withDigest(location, DIGEST), new byte[0]));
  }

  @Test
  void endsWithThePut() throws Exception {
    String location = next(startUpload(), 0, 30_000);
    expect(201, wire.put(withDigest(location, DIGEST), new byte[0]));
    expect(404, wire.get(location));
  }

  @Test
  void canBeCancelled() throws Exception {
    String location = next(startUpload(), 0, 10_000);
    HttpResponse<byte[]> cancelled = wire.delete(location);
    assumeTrue(cancelled.statusCode() != 405, "the registry does not cancel uploads");
    expect(204, cancelled);
    expect(404, wire.get(location));
  }

  @Test
  void refusesAnotherDigest() throws Exception {
    String location = withDigest(startUpload(), sha256(content(3, 10)));
    HttpResponse<byte[]> refused = wire.put(location, CONTENT, "Content-Type", OCTETS);
    expectError(400, "DIGEST_INVALID", refused);
    expect(404, wire.head(blobs(DIGEST)));
  }

  @Test
  void refusesToEndWithoutADigest() throws Exception {
    assertEquals(400, wire.put(startUpload(), CONTENT, "Content-Type", OCTETS).statusCode());
    expect(404, wire.head(blobs(DIGEST)));
  }
}
