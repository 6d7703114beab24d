package io.registrykit.store.fs.internal.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A file channel that outlives the interruption of a thread that uses it: the JDK closes a channel
 * then, for everybody, and so it is opened anew. Thread-safe.
 */
final class NioFileHandle implements FileHandle {
  /** The most bytes in one call; the JDK keeps a direct buffer as large for each thread. */
  private static final int MAX_TRANSFER = 256 * 1024;

  private final Path file;
  private final Set<StandardOpenOption> options;
  private final ReentrantLock reopening = new ReentrantLock();
  private volatile FileChannel channel;
  private volatile boolean closed;

  NioFileHandle(Path file, FileChannel channel, Set<StandardOpenOption> options) {
    this.file = file;
    this.channel = channel;
    this.options = options;
  }

  private interface Call<T> {
    T on(FileChannel channel) throws IOException;
  }

  private <T> T call(Call<T> call) throws IOException {
    boolean interrupted = false;
    try {
      while (true) {
        FileChannel current = channel;
        try {
          return call.on(current);
        } catch (ClosedByInterruptException e) {
          interrupted |= Thread.interrupted();
          reopen(current);
        } catch (ClosedChannelException e) {
          if (closed) {
            throw e;
          }
          reopen(current);
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void reopen(FileChannel broken) throws IOException {
    reopening.lock();
    try {
      if (closed) {
        throw new ClosedChannelException();
      }
      if (channel == broken) {
        channel = FileChannel.open(file, options);
      }
    } finally {
      reopening.unlock();
    }
  }

  @Override
  public int read(ByteBuffer target, long position) throws IOException {
    int start = target.position();
    int end = target.limit();
    try {
      return call(
          open -> {
            target.limit(Math.min(end, start + MAX_TRANSFER)).position(start);
            return open.read(target, position);
          });
    } finally {
      target.limit(end);
    }
  }

  @Override
  public void write(ByteBuffer source, long position) throws IOException {
    int start = source.position();
    int end = source.limit();
    int next = start;
    while (next < end) {
      int from = next;
      int to = Math.min(end, from + MAX_TRANSFER);
      next +=
          call(
              open -> {
                source.limit(to).position(from);
                return open.write(source, position + from - start);
              });
    }
    source.limit(end).position(end);
  }

  @Override
  public void force(boolean metadata) throws IOException {
    call(
        open -> {
          open.force(metadata);
          return file;
        });
  }

  @Override
  public void truncate(long size) throws IOException {
    call(open -> open.truncate(size));
  }

  @Override
  public long size() throws IOException {
    return call(FileChannel::size);
  }

  @Override
  public void close() throws IOException {
    reopening.lock();
    try {
      closed = true;
      channel.close();
    } finally {
      reopening.unlock();
    }
  }
}
