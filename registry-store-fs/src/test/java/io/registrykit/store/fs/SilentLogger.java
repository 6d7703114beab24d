package io.registrykit.store.fs;

import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Keeps a logger quiet in a test that damages what it is about on purpose. */
public final class SilentLogger implements BeforeAllCallback, AfterAllCallback {
  private final Logger logger;

  /** Silences a logger and those below it. */
  public SilentLogger(String name) {
    logger = Logger.getLogger(name);
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    logger.setLevel(Level.OFF);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    logger.setLevel(null);
  }
}
