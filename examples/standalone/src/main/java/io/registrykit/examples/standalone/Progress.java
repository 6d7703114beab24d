package io.registrykit.examples.standalone;

import java.io.Console;
import java.io.PrintWriter;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * A bar that says how far long work is, on a terminal and not at all elsewhere. Safe for use by any
 * number of threads.
 */
final class Progress implements AutoCloseable {
  private static final String ERASE_LINE = "\r\u001b[K";
  private static final int MEBIBYTE = 1024 * 1024;

  private final Line line;
  private final @Nullable ProgressBar bar;

  private Progress(PrintWriter terminal, ProgressBarBuilder builder, boolean shown) {
    this.line = new Line(terminal);
    this.bar =
        shown ? builder.setConsumer(line).setStyle(ProgressBarStyle.ASCII).hideEta().build() : null;
  }

  /** Work that moves bytes; how many, shows on the way. */
  static Progress ofBytes(PrintWriter terminal, String task) {
    return ofBytes(terminal, task, isTerminal());
  }

  static Progress ofBytes(PrintWriter terminal, String task, boolean shown) {
    ProgressBarBuilder builder =
        new ProgressBarBuilder().setTaskName(task).setInitialMax(0).setUnit(" MiB", MEBIBYTE);
    return new Progress(terminal, builder.showSpeed(), shown);
  }

  /** Work of which nobody knows how much there is. */
  static Progress open(PrintWriter terminal, String task) {
    ProgressBarBuilder builder = new ProgressBarBuilder().setTaskName(task).setInitialMax(-1);
    return new Progress(terminal, builder, isTerminal());
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

  /** Says how far the work is. */
  void at(long done, long all, String text) {
    if (bar != null) {
      bar.maxHint(all);
      bar.stepTo(done);
      bar.setExtraMessage(text);
    }
  }

  /** Says what the work is at. */
  void at(String text) {
    if (bar != null) {
      bar.setExtraMessage(text);
    }
  }

  /** Makes room for a line of output. */
  void clear() {
    if (bar != null) {
      line.erase();
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }

  /** One line of the terminal, written over itself. */
  private record Line(PrintWriter terminal) implements ProgressBarConsumer {
    private static final int WIDTH = 100;

    @Override
    public int getMaxRenderedLength() {
      return WIDTH;
    }

    @Override
    public void accept(String text) {
      terminal.print(ERASE_LINE + text);
      terminal.flush();
    }

    void erase() {
      accept("");
    }

    @Override
    public void close() {
      erase();
    }
  }
}
