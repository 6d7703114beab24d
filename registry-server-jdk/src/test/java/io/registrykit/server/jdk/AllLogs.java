package io.registrykit.server.jdk;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Keeps whatever is logged at any level, by anybody, until it is closed. Thread-safe. */
final class AllLogs extends Handler {
  private final Queue<String> lines = new ConcurrentLinkedQueue<>();
  private final Logger root = LogManager.getLogManager().getLogger("");
  private final Level before = root.getLevel();
  private final SimpleFormatter formatter = new SimpleFormatter();

  AllLogs() {
    setLevel(Level.ALL);
    root.addHandler(this);
    root.setLevel(Level.ALL);
  }

  String text() {
    return String.join("\n", lines);
  }

  @Override
  public void publish(LogRecord record) {
    StringWriter text = new StringWriter();
    text.append(record.getLoggerName()).append(' ').append(formatter.formatMessage(record));
    Throwable thrown = record.getThrown();
    if (thrown != null) {
      thrown.printStackTrace(new PrintWriter(text));
    }
    lines.add(text.toString());
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    root.removeHandler(this);
    root.setLevel(before);
  }
}
