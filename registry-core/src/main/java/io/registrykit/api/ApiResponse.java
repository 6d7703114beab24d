package io.registrykit.api;

import java.io.IOException;
import java.io.OutputStream;

/**
 * An HTTP response as the engine makes it. For use by one thread; whoever got it closes it, also
 * when nothing of it was written.
 *
 * @param status 200 to 599
 * @param headers the headers, {@code Content-Length} among them wherever the length is known, so
 *     that a response to {@code HEAD} can have one without a body
 * @param body what follows the headers
 */
public record ApiResponse(int status, Headers headers, Body body) implements AutoCloseable {

  /**
   * Writes the body.
   *
   * @param out where to; not closed
   * @throws IOException if the store or the peer fails; part of the body may be out by then
   */
  public void writeTo(OutputStream out) throws IOException {
    body.writeTo(out);
  }

  /**
   * Lets go of the blob that the body reads from, if it does.
   *
   * @throws IOException if that fails
   */
  @Override
  public void close() throws IOException {
    body.close();
  }
}
