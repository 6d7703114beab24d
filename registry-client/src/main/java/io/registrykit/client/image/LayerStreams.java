package io.registrykit.client.image;

import io.registrykit.error.ErrorCode;
import io.registrykit.error.UnsupportedException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.compressors.zstandard.ZstdCompressorInputStream;
import org.apache.commons.compress.compressors.zstandard.ZstdCompressorOutputStream;
import org.apache.commons.compress.compressors.zstandard.ZstdUtils;

/** The compressed side of a layer. Immutable. */
final class LayerStreams {
  private static final int BUFFER = 64 * 1024;
  private static final int ZSTD_LEVEL = 3;
  private static final int MAGIC_LENGTH = 4;

  private LayerStreams() {}

  /** A stream whose end also ends the given one. */
  static OutputStream compress(Compression compression, OutputStream out) throws IOException {
    require(compression);
    return switch (compression) {
      case GZIP -> new PlainGzip(out);
      case ZSTD ->
          ZstdCompressorOutputStream.builder().setOutputStream(out).setLevel(ZSTD_LEVEL).get();
    };
  }

  /** Tells gzip and zstd by their first bytes; what is neither is taken as it is. */
  static InputStream decompress(InputStream in) throws IOException {
    BufferedInputStream buffered = new BufferedInputStream(in, BUFFER);
    buffered.mark(MAGIC_LENGTH);
    byte[] magic = buffered.readNBytes(MAGIC_LENGTH);
    buffered.reset();
    if (magic.length >= 2 && magic[0] == 0x1f && magic[1] == (byte) 0x8b) {
      return new GZIPInputStream(buffered, BUFFER);
    }
    if (ZstdUtils.matches(magic, magic.length)) {
      require(Compression.ZSTD);
      return new ZstdCompressorInputStream(buffered);
    }
    return buffered;
  }

  /** Fails when the library for it is not there. */
  static void require(Compression compression) {
    if (compression == Compression.ZSTD && !ZstdUtils.isZstdCompressionAvailable()) {
      throw new UnsupportedException(
          ErrorCode.UNSUPPORTED, "layers of zstd need the library com.github.luben:zstd-jni");
    }
  }
}
