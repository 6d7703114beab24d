package io.registrykit.interop.clients;

import io.registrykit.interop.harness.Command;
import io.registrykit.interop.harness.Login;
import java.io.IOException;

/**
 * A program that signs in, pulls and pushes. It keeps what it pulls, and its passwords, in a folder
 * of its own.
 */
interface Program extends AutoCloseable {

  /** Signs in, instead of whoever was signed in before. */
  Command.Outcome login(Login login) throws IOException;

  /** Forgets who is signed in. */
  void logout() throws IOException;

  /** Fetches an image, whatever is there of it already. */
  Command.Outcome pull(String image) throws IOException;

  /** Sends the image that was pulled last, under another name. */
  Command.Outcome push(String image);

  @Override
  default void close() {}
}
