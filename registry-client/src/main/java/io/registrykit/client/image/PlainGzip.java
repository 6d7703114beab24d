package io.registrykit.client.image;

import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;

/** Gzip with a level that is said, because the default of a library may change. */
final class PlainGzip extends GZIPOutputStream {
  private static final int LEVEL = 6;

  PlainGzip(OutputStream out) throws IOException {
    super(out, 32 * 1024);
    def.setLevel(LEVEL);
  }
}
