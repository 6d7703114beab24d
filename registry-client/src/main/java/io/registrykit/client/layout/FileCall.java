package io.registrykit.client.layout;

import io.registrykit.error.BackendException;
import io.registrykit.error.ErrorCode;
import java.io.IOException;

/** Something that files can fail. */
@FunctionalInterface
interface FileCall<T> {
  T run() throws IOException;

  /** Like {@link FileCall} without an answer. */
  @FunctionalInterface
  interface Plain {
    void run() throws IOException;
  }

  /** Runs a call, and turns a failure into the one that repositories have. */
  static <T> T get(FileCall<T> call) {
    try {
      return call.run();
    } catch (IOException e) {
      throw new BackendException(
          ErrorCode.UNAVAILABLE, "the layout cannot be used: " + e.getMessage(), e);
    }
  }

  static void run(Plain call) {
    Object unused =
        get(
            () -> {
              call.run();
              return "";
            });
  }
}
