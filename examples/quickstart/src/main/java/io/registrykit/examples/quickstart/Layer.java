package io.registrykit.examples.quickstart;

import io.registrykit.model.Bytes;
import io.registrykit.model.Digest;
import io.registrykit.model.DigestAlgorithm;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * One layer of an image: a compressed tar file. Immutable.
 *
 * @param what what is in it, for people
 * @param content the compressed bytes, which is what a registry keeps
 * @param unpacked the digest of the tar file before its compression, which the image names
 */
record Layer(String what, Bytes content, Digest unpacked) {

  /** A layer of text files, always with the same bytes. */
  static Layer of(String what, Map<String, String> files) throws IOException {
    ByteArrayOutputStream archive = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(archive)) {
      for (Map.Entry<String, String> file : files.entrySet()) {
        add(tar, file.getKey(), file.getValue().getBytes(StandardCharsets.UTF_8));
      }
    }
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(compressed)) {
      archive.writeTo(gzip);
    }
    return new Layer(
        what,
        Bytes.copyOf(compressed.toByteArray()),
        Digest.of(DigestAlgorithm.SHA256, archive.toByteArray()));
  }

  private static void add(TarArchiveOutputStream tar, String path, byte[] content)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(path);
    entry.setSize(content.length);
    entry.setModTime(0);
    tar.putArchiveEntry(entry);
    tar.write(content);
    tar.closeArchiveEntry();
  }

  Digest digest() {
    return content.digest(DigestAlgorithm.SHA256);
  }
}
