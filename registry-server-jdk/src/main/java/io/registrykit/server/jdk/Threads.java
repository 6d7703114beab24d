package io.registrykit.server.jdk;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Makes threads for requests: virtual ones where they help, a bounded pool elsewhere. The JDK's
 * server reads and writes sockets in {@code synchronized} blocks, which before Java 24 (JEP 491)
 * nails a virtual thread to its carrier, so that a handful of slow peers would stop all others.
 */
final class Threads {
  private static final int FIRST_WITHOUT_PINNING = 24;
  private static final @Nullable MethodHandle NEW_VIRTUAL = findVirtual();

  private Threads() {}

  private static @Nullable MethodHandle findVirtual() {
    try {
      return MethodHandles.publicLookup()
          .findStatic(
              Executors.class,
              "newVirtualThreadPerTaskExecutor",
              MethodType.methodType(ExecutorService.class));
    } catch (ReflectiveOperationException e) {
      return null;
    }
  }

  /** Whether virtual threads serve slow peers and quick ones alike. */
  static boolean areVirtualByDefault() {
    return Runtime.version().feature() >= FIRST_WITHOUT_PINNING;
  }

  /**
   * An executor that never queues.
   *
   * @param virtual whether its threads are virtual ones, where there are such
   * @param max how many threads it may have when they are platform threads
   */
  static ExecutorService newExecutor(boolean virtual, int max) {
    if (virtual && NEW_VIRTUAL != null) {
      try {
        return (ExecutorService) NEW_VIRTUAL.invokeExact();
      } catch (Throwable e) {
        throw new IllegalStateException("virtual threads are there but cannot be had", e);
      }
    }
    AtomicInteger number = new AtomicInteger();
    return new ThreadPoolExecutor(
        0,
        max,
        10,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        task -> {
          Thread thread = new Thread(task, "registry-server-" + number.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        });
  }
}
