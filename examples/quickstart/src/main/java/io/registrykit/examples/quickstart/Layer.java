package io.registrykit.examples.quickstart;

import io.registrykit.model.Digest;
import io.registrykit.model.DigestAlgorithm;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/**
 * One layer of an image: a compressed tar file. Immutable.
 *
 * @param what what is in it, for people
 * @param content the compressed bytes, which is what a registry keeps
 * @param unpacked the digest of the tar file before its compression, which the image names
 */
record Layer(String what, byte[] content, Digest unpacked) {
  private static final int BLOCK = 512;

  /** A layer of text files, always with the same bytes. */
  static Layer of(String what, Map<String, String> files) throws IOException {
    ByteArrayOutputStream tar = new ByteArrayOutputStream();
    for (Map.Entry<String, String> file : files.entrySet()) {
      byte[] content = file.getValue().getBytes(StandardCharsets.UTF_8);
      tar.write(header(file.getKey(), content.length));
      tar.write(content);
      tar.write(new byte[(BLOCK - content.length % BLOCK) % BLOCK]);
    }
    tar.write(new byte[2 * BLOCK]);
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(compressed)) {
      tar.writeTo(gzip);
    }
    return new Layer(
        what, compressed.toByteArray(), Digest.of(DigestAlgorithm.SHA256, tar.toByteArray()));
  }

  Digest digest() {
    return Digest.of(DigestAlgorithm.SHA256, content);
  }

  /** The ustar header of a plain file that everybody may read. */
  private static byte[] header(String name, int size) {
    byte[] header = new byte[BLOCK];
    put(header, 0, name);
    put(header, 100, "0000644\0");
    put(header, 108, "0000000\0");
    put(header, 116, "0000000\0");
    put(header, 124, String.format(Locale.ROOT, "%011o ", size));
    put(header, 136, String.format(Locale.ROOT, "%011o ", 0));
    put(header, 148, "        ");
    put(header, 156, "0");
    put(header, 257, "ustar\00000");
    int sum = 0;
    for (byte b : header) {
      sum += b;
    }
    put(header, 148, String.format(Locale.ROOT, "%06o\0 ", sum));
    return header;
  }

  private static void put(byte[] header, int offset, String text) {
    byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(ascii, 0, header, offset, ascii.length);
  }
}
