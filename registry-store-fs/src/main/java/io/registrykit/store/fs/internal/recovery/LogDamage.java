package io.registrykit.store.fs.internal.recovery;

import java.io.IOException;
import java.nio.file.Path;

/** What is done where the log lacks something that was acknowledged. For one thread. */
public interface LogDamage {

  /** Does not open the store. */
  LogDamage REFUSE =
      (segment, what) -> {
        throw new IOException(
            what.getMessage() + "; a check that repairs goes on without what it had", what);
      };

  /**
   * Notes a damage to go on behind it.
   *
   * @param segment the file
   * @param what what is wrong with it
   * @throws IOException if the store is not to be opened
   */
  void found(Path segment, IOException what) throws IOException;
}
