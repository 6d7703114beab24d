package io.registrykit.examples.standalone;

import java.io.Console;
import java.io.PrintWriter;
import java.util.concurrent.TimeUnit;

/**
 * One line that says how far long work is, written over itself on a terminal and left out
 * elsewhere. Not safe for use by several threads at once.
 */
final class Progress implements AutoCloseable {
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final String ERASE_LINE = "\r\u001b[K";

  private final PrintWriter terminal;
  private final boolean shown;
  private long last;
  private boolean dirty;

  Progress(PrintWriter terminal) {
    this.terminal = terminal;
    this.shown = isTerminal();
  }

  /** From Java 22 on there is a console without a terminal, which says so itself. */
  @SuppressWarnings("SystemConsoleNull") // null still says no on older versions
  private static boolean isTerminal() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
    } catch (ReflectiveOperationException e) {
      return true;
    }
  }

  /** Shows how far the work is, unless it did so just now. */
  void show(String text) {
    long now = System.nanoTime();
    if (shown && (!dirty || now - last >= PAUSE_NANOS)) {
      terminal.print(ERASE_LINE + text);
      terminal.flush();
      last = now;
      dirty = true;
    }
  }

  /** Makes room for a line of output. */
  void clear() {
    if (dirty) {
      terminal.print(ERASE_LINE);
      terminal.flush();
      dirty = false;
    }
  }

  @Override
  public void close() {
    clear();
  }
}
