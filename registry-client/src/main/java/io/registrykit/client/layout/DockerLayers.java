package io.registrykit.client.layout;

import io.registrykit.client.internal.tar.TarAppender;
import io.registrykit.error.ErrorCode;
import io.registrykit.error.LimitException;
import io.registrykit.error.UnsupportedException;
import io.registrykit.model.Bytes;
import io.registrykit.model.Digest;
import io.registrykit.model.DigestAlgorithm;
import io.registrykit.model.Hasher;
import io.registrykit.spi.store.BlobContent;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.commons.compress.compressors.zstandard.ZstdCompressorInputStream;
import org.apache.commons.compress.compressors.zstandard.ZstdUtils;

/**
 * The layers of a docker-archive that is being made, each once without compression. Not safe for
 * use by several threads at once.
 */
final class DockerLayers {

  /** Where a tar archive says that it is one. */
  private static final int TAR_MAGIC_AT = 257;

  private static final int START = TAR_MAGIC_AT + 5;

  private final TarAppender tar;
  private final Map<Digest, Layer> known = new HashMap<>();
  private final Set<Digest> written = new HashSet<>();

  DockerLayers(TarAppender tar) {
    this.tar = tar;
  }

  /** A layer by the digest and the length that it came with. */
  private record Layer(Digest diffId, long size) {}

  static String path(Digest diffId) {
    return diffId.hex() + ".tar";
  }

  OptionalLong size(Digest digest) {
    Layer layer = known.get(digest);
    return layer == null ? OptionalLong.empty() : OptionalLong.of(layer.size());
  }

  Optional<Digest> diffId(Digest digest) {
    return Optional.ofNullable(known.get(digest)).map(Layer::diffId);
  }

  /**
   * Writes a blob when it is a layer.
   *
   * @return its content when it is a document, which a configuration is
   */
  Optional<Bytes> write(Digest expected, BlobSource content) throws IOException {
    Bytes[] document = new Bytes[1];
    content.read(
        in -> {
          byte[] start = in.readNBytes(START);
          InputStream whole = new SequenceInputStream(new ByteArrayInputStream(start), in);
          if (start.length > 0 && start[0] == '{' && !isTar(start)) {
            document[0] = document(expected, whole);
          } else {
            layer(expected, whole, start);
          }
        });
    return Optional.ofNullable(document[0]);
  }

  private static boolean isTar(byte[] start) {
    return start.length == START
        && new String(start, TAR_MAGIC_AT, 5, StandardCharsets.US_ASCII).equals("ustar");
  }

  private static Bytes document(Digest expected, InputStream in) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Bytes content =
        Bytes.readFrom(in, DiffIds.MAX_CONFIG)
            .orElseThrow(
                () ->
                    LimitException.tooLarge("the configuration is too large", DiffIds.MAX_CONFIG));
    Whole.copy(content.asInputStream(), bytes, expected);
    return content;
  }

  private void layer(Digest expected, InputStream whole, byte[] start) throws IOException {
    if (Gzip.isZstd(start) && !ZstdUtils.isZstdCompressionAvailable()) {
      throw new UnsupportedException(
          ErrorCode.UNSUPPORTED,
          "layers of zstd need the library com.github.luben:zstd-jni",
          Map.of("digest", expected.toString()));
    }
    Hasher packed = expected.algorithm().newHasher();
    Hasher plain = DigestAlgorithm.SHA256.newHasher();
    Hashed source = new Hashed(whole, packed);
    tar.append(
        path(LayoutIndex.ANY),
        out -> {
          InputStream content = unpacked(source, start);
          Whole.copy(content, new Bounded(out, packed), plain);
          source.transferTo(OutputStream.nullOutputStream());
          Whole.check(expected, packed);
          Digest diffId = plain.digest();
          return written.contains(diffId) ? Optional.empty() : Optional.of(path(diffId));
        });
    written.add(plain.digest());
    known.put(expected, new Layer(plain.digest(), packed.size()));
  }

  /** Layers that can be read from the middle are several compressed parts, one behind the other. */
  private static InputStream unpacked(InputStream source, byte[] start) throws IOException {
    if (Gzip.isZstd(start)) {
      return new ZstdCompressorInputStream(source);
    }
    return Gzip.isGzip(start)
        ? GzipCompressorInputStream.builder()
            .setInputStream(source)
            .setDecompressConcatenated(true)
            .get()
        : source;
  }

  /** Refuses what unpacks to absurdly much: no layer of files is a thousandth of its content. */
  private static final class Bounded extends FilterOutputStream {
    private static final long RATIO = 500;
    private static final long RATIO_FROM = 256L << 20;

    private final Hasher packed;
    private long count;

    Bounded(OutputStream out, Hasher packed) {
      super(out);
      this.packed = packed;
    }

    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
      count += length;
      if (count > RATIO_FROM && count / RATIO > packed.size()) {
        throw LimitException.tooLarge("a layer unpacks to too much", packed.size() * RATIO);
      }
      out.write(buffer, offset, length);
    }
  }

  /** Hashes what is read, before it is unpacked. */
  private static final class Hashed extends BlockStream {
    private final Hasher hasher;

    Hashed(InputStream in, Hasher hasher) {
      super(in);
      this.hasher = hasher;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int count = in.read(buffer, offset, Math.min(length, BlobContent.COPY_BUFFER_SIZE));
      hasher.update(buffer, offset, Math.max(0, count));
      return count;
    }
  }
}
