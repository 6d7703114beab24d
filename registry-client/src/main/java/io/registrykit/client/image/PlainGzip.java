package io.registrykit.client.image;

import com.jcraft.jzlib.Deflater;
import com.jcraft.jzlib.DeflaterOutputStream;
import com.jcraft.jzlib.GZIPException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;

/**
 * Gzip whose bytes depend on nothing but what is written: the compressor is Java code, because the
 * one of a JDK is whatever zlib it was built with, and the header names neither time nor system.
 * Not safe for use by several threads at once.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1952">RFC 1952</a>
 */
final class PlainGzip extends OutputStream {
  private static final int LEVEL = 6;
  private static final int WINDOW_BITS = 15;
  private static final int BUFFER = 32 * 1024;

  private final OutputStream out;
  private final Deflater deflater;
  private final DeflaterOutputStream body;
  private final CRC32 check = new CRC32();
  private long length;
  private boolean closed;

  PlainGzip(OutputStream out) throws IOException {
    this.out = out;
    this.deflater = deflater();
    this.body = new DeflaterOutputStream(out, deflater, BUFFER, false);
    out.write(new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff});
  }

  private static Deflater deflater() throws IOException {
    try {
      return new Deflater(LEVEL, WINDOW_BITS, true);
    } catch (GZIPException e) {
      throw new IOException("the compressor does not start", e);
    }
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    check.update(bytes, offset, count);
    length += count;
    body.write(bytes, offset, count);
  }

  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try (out) {
      body.finish();
      ByteBuffer trailer = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
      trailer.putInt((int) check.getValue()).putInt((int) length);
      out.write(trailer.array());
    } finally {
      deflater.end();
    }
  }
}
