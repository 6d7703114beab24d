package io.registrykit.internal.engine;

import io.registrykit.api.ApiRequest;
import io.registrykit.error.ErrorCode;
import io.registrykit.error.InvalidContentException;
import io.registrykit.model.ByteRange;
import io.registrykit.spi.store.BlobUpload;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The bytes that one request adds to an upload: all of them or none, so that a client that sends a
 * piece again after a failure never doubles a part of it. For use by one thread.
 */
final class UploadPiece {
  private final @Nullable ByteRange range;
  private final RequestBody body;

  private UploadPiece(@Nullable ByteRange range, RequestBody body) {
    this.range = range;
    this.body = body;
  }

  /**
   * Reads what a request says of its piece.
   *
   * @param request the request
   * @param offset where the piece is to start
   * @param maxBlobBytes the largest blob
   * @return the piece, of which no byte was read
   * @throws InvalidContentException if {@code Content-Range} is malformed or of another length than
   *     the body
   * @throws io.registrykit.error.LimitException if the blob gets too large
   */
  static UploadPiece read(ApiRequest request, long offset, long maxBlobBytes) {
    ByteRange range =
        request.headers().first(HeaderNames.CONTENT_RANGE).map(ContentRange::parse).orElse(null);
    long declared = request.contentLength();
    if (range != null && declared >= 0 && declared != range.length()) {
      throw new InvalidContentException(
          ErrorCode.SIZE_INVALID,
          "Content-Range and Content-Length do not agree",
          Map.of("range", Long.toString(range.length()), "length", Long.toString(declared)));
    }
    long expected = range == null ? declared : range.length();
    return new UploadPiece(
        range, RequestBody.of(request, expected, Math.max(0, maxBlobBytes - offset)));
  }

  /** Whether the piece belongs at this place; one that says nothing belongs at the end. */
  boolean startsAt(long size) {
    return range == null || range.offset() == size;
  }

  /** Sends the bytes on; when anything fails, the upload ends where it ended before. */
  void appendTo(BlobUpload upload) throws IOException {
    long before = upload.size();
    try {
      upload.append(body);
    } catch (RequestBody.RefusedException e) {
      upload.truncate(before);
      throw e.reason();
    } catch (IOException | RuntimeException e) {
      upload.truncate(before);
      throw e;
    }
  }
}
