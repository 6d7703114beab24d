package io.registrykit.server.jdk;

import java.time.Duration;

/**
 * What the peers of a server may take up. Immutable.
 *
 * <p>A peer is cut off when it keeps a thread waiting beyond {@code patience}, where every byte
 * that it moves buys back the time that it would take at {@code minimumBytesPerSecond}. So the
 * length of a transfer does not matter, only that it goes on.
 *
 * @param maxRequests how many requests may be under way at once; more are answered with 503, and a
 *     quarter more than that are closed
 * @param maxRequestsPerAddress how many of them may come from one address; more are answered with
 *     429. Clients behind one proxy share an address
 * @param headerTimeout how long a request line with its headers may take, TLS handshake included
 * @param patience how long the server waits for a peer that moves nothing; it waits four times as
 *     long for one that reads, because the operating system reports free room in large steps
 * @param minimumBytesPerSecond how fast a body must come and a response must go
 * @param maxHeaderBytes how much the headers of a request may hold; more is answered with 431. The
 *     JDK closes the connection beyond 200 headers and 380 KiB
 * @param maxDrainBytes how much of a body that nobody wants is read, so that the peer gets to see
 *     the answer
 */
public record ServerLimits(
    int maxRequests,
    int maxRequestsPerAddress,
    Duration headerTimeout,
    Duration patience,
    long minimumBytesPerSecond,
    int maxHeaderBytes,
    long maxDrainBytes) {

  /** Checks the ranges. */
  public ServerLimits {
    if (maxRequests < 1 || maxRequestsPerAddress < 1 || minimumBytesPerSecond < 1) {
      throw new IllegalArgumentException("a limit is below 1");
    }
    if (maxHeaderBytes < 1024 || maxDrainBytes < 0) {
      throw new IllegalArgumentException("a size limit is too small");
    }
    if (isNotPositive(headerTimeout) || isNotPositive(patience)) {
      throw new IllegalArgumentException("a time limit is not above zero");
    }
  }

  private static boolean isNotPositive(Duration duration) {
    return duration.isNegative() || duration.isZero();
  }

  /**
   * What suits a registry in a friendly network.
   *
   * @return 2,048 requests, 1,536 from one address, 10 s for headers, 30 s of patience, 8 KiB/s, 64
   *     KiB of headers, 64 MiB to drain
   */
  public static ServerLimits defaults() {
    return new ServerLimits(
        2048, 1536, Duration.ofSeconds(10), Duration.ofSeconds(30), 8192, 64 << 10, 64L << 20);
  }

  /**
   * The same limits for another number of requests.
   *
   * @param total how many may be under way at once
   * @param perAddress how many of them from one address
   * @return a copy
   */
  public ServerLimits withMaxRequests(int total, int perAddress) {
    return new ServerLimits(
        total,
        perAddress,
        headerTimeout,
        patience,
        minimumBytesPerSecond,
        maxHeaderBytes,
        maxDrainBytes);
  }

  /**
   * The same limits with other times.
   *
   * @param newHeaderTimeout for a request line with its headers
   * @param newPatience for a peer that moves nothing
   * @param newMinimumBytesPerSecond for bodies
   * @return a copy
   */
  public ServerLimits withPace(
      Duration newHeaderTimeout, Duration newPatience, long newMinimumBytesPerSecond) {
    return new ServerLimits(
        maxRequests,
        maxRequestsPerAddress,
        newHeaderTimeout,
        newPatience,
        newMinimumBytesPerSecond,
        maxHeaderBytes,
        maxDrainBytes);
  }

  /**
   * The same limits with other sizes.
   *
   * @param newMaxHeaderBytes of the headers of a request
   * @param newMaxDrainBytes of a body that nobody wants
   * @return a copy
   */
  public ServerLimits withSizes(int newMaxHeaderBytes, long newMaxDrainBytes) {
    return new ServerLimits(
        maxRequests,
        maxRequestsPerAddress,
        headerTimeout,
        patience,
        minimumBytesPerSecond,
        newMaxHeaderBytes,
        newMaxDrainBytes);
  }
}
