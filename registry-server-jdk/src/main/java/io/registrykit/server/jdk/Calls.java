package io.registrykit.server.jdk;

import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The requests under way: the JDK server hands each one to {@link #execute} when its first byte is
 * there. Counts them, turns away what is too much, and is what the watchdog looks through. Safe for
 * use by any number of threads.
 */
final class Calls implements Executor {
  private final ServerLimits limits;
  private final ExecutorService threads;
  private final Map<Thread, Call> running = new ConcurrentHashMap<>();
  private final Map<InetAddress, Integer> perAddress = new ConcurrentHashMap<>();
  private final AtomicInteger count = new AtomicInteger();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition idle = lock.newCondition();
  private volatile boolean closing;

  Calls(ServerLimits limits, boolean virtualThreads) {
    this.limits = limits;
    this.threads = Threads.newExecutor(virtualThreads, most(limits.maxRequests()) + 64);
  }

  /** Up to here a request is answered, if only with an error. */
  private static int most(int soft) {
    return soft + soft / 4 + 1;
  }

  @Override
  public void execute(Runnable exchange) {
    int now = count.incrementAndGet();
    try {
      if (now > most(limits.maxRequests())) {
        threads.execute(() -> close(exchange));
      } else {
        threads.execute(() -> run(exchange, now));
      }
    } catch (RejectedExecutionException e) {
      close(exchange);
    }
  }

  private void run(Runnable exchange, int now) {
    Thread thread = Thread.currentThread();
    Call call = new Call(limits, refusal(now));
    running.put(thread, call);
    try {
      exchange.run();
    } finally {
      running.remove(thread);
      InetAddress address = call.address();
      if (address != null) {
        perAddress.computeIfPresent(address, (key, sum) -> sum == 1 ? null : sum - 1);
      }
      // A cut that came too late to hit a read or write is of no use to the thread's next task.
      Thread.interrupted();
      ended();
    }
  }

  private Call.Refusal refusal(int now) {
    if (closing) {
      return Call.Refusal.CLOSING;
    }
    return now > limits.maxRequests() ? Call.Refusal.OVERLOADED : Call.Refusal.NONE;
  }

  /** Closes a connection: the first read of an interrupted thread closes the channel. */
  private void close(Runnable exchange) {
    Thread.currentThread().interrupt();
    try {
      exchange.run();
    } finally {
      Thread.interrupted();
      ended();
    }
  }

  private void ended() {
    if (count.decrementAndGet() == 0) {
      lock.lock();
      try {
        idle.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  /** The call of the current thread, or null when it has none. */
  @Nullable Call current() {
    return running.get(Thread.currentThread());
  }

  /**
   * Counts a call against its address, once.
   *
   * @return false if the address has so many that not even an answer is due
   */
  boolean count(Call call, InetAddress address) {
    if (!call.learnAddress(address)) {
      return true;
    }
    int sum = perAddress.merge(address, 1, Integer::sum);
    if (sum > limits.maxRequestsPerAddress()) {
      call.refuse(Call.Refusal.ADDRESS_OVERLOADED);
    }
    return sum <= most(limits.maxRequestsPerAddress());
  }

  void cutLate(long now) {
    running.values().forEach(call -> call.cutIfLate(now));
  }

  void cutAll() {
    running.values().forEach(Call::cutOffNow);
  }

  /** From now on requests are turned away. */
  void startClosing() {
    closing = true;
  }

  /** Waits until nothing is under way; false if that takes too long. */
  boolean awaitIdle(long nanos) throws InterruptedException {
    long left = nanos;
    lock.lock();
    try {
      while (count.get() > 0) {
        if (left <= 0) {
          return false;
        }
        left = idle.awaitNanos(left);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Ends the threads; false if some still work. */
  boolean end(long nanos) throws InterruptedException {
    threads.shutdown();
    return threads.awaitTermination(nanos, TimeUnit.NANOSECONDS);
  }
}
