package io.registrykit.examples.torture.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * One thing that people write, such as a tag: what it may be now, after writes of which some were
 * never answered. Thread-safe.
 *
 * <p>A value may be seen unless a write that was acknowledged began after the write of that value
 * had been acknowledged.
 */
public final class Register {
  /** The value of what is not there. */
  public static final String ABSENT = "";

  private static final long NEVER = Long.MAX_VALUE;

  private final List<Write> writes = new ArrayList<>();

  /** A write, acknowledged or not. Guarded by its register. */
  public final class Write {
    private final String value;
    private final long began = System.nanoTime();
    private long ended = NEVER;

    private Write(String value) {
      this.value = value;
    }

    /** The registry said that it is done. */
    public void acknowledged() {
      synchronized (Register.this) {
        ended = System.nanoTime();
      }
    }

    /** The registry said that it is not done. */
    public void refused() {
      synchronized (Register.this) {
        writes.remove(this);
      }
    }
  }

  /** A register that nobody wrote. */
  public Register() {
    set(ABSENT);
  }

  /** Says that somebody is about to write. */
  public synchronized Write begin(String value) {
    Write write = new Write(value);
    writes.add(write);
    return write;
  }

  /** Says what the value is, for sure. */
  public synchronized void set(String value) {
    writes.clear();
    begin(value).acknowledged();
  }

  /** What may be seen now. */
  public Set<String> possible() {
    return possible(NEVER, NEVER);
  }

  /**
   * What may be seen of the state at some moment between two instants.
   *
   * @param first in nanoseconds: what was acknowledged by then has happened
   * @param last in nanoseconds: what began later has not
   */
  public synchronized Set<String> possible(long first, long last) {
    Set<String> values = new TreeSet<>();
    for (Write write : writes) {
      if (write.began <= last && !isSuperseded(write, first)) {
        values.add(write.value);
      }
    }
    return values;
  }

  private boolean isSuperseded(Write write, long first) {
    for (Write other : writes) {
      if (other.ended != NEVER && other.ended <= first && other.began > write.ended) {
        return true;
      }
    }
    return false;
  }
}
