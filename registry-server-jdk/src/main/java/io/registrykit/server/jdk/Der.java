package io.registrykit.server.jdk;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes the few ASN.1 values that a certificate is made of (X.690, distinguished rules). */
final class Der {
  static final int BOOLEAN = 0x01;
  static final int INTEGER = 0x02;
  static final int BIT_STRING = 0x03;
  static final int OCTET_STRING = 0x04;
  static final int UTF8_STRING = 0x0c;
  static final int UTC_TIME = 0x17;
  static final int SEQUENCE = 0x30;
  static final int SET = 0x31;

  private Der() {}

  /** The context-specific tag with a number, primitive. */
  static int context(int number) {
    return 0x80 | number;
  }

  /** The context-specific tag with a number, constructed. */
  static int constructedContext(int number) {
    return 0xa0 | number;
  }

  /** A value of the given type, with the parts one after the other as its content. */
  static byte[] value(int tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    writeLength(out, content.size());
    out.writeBytes(content.toByteArray());
    return out.toByteArray();
  }

  private static void writeLength(ByteArrayOutputStream out, int length) {
    if (length < 0x80) {
      out.write(length);
    } else if (length < 0x100) {
      out.write(0x81);
      out.write(length);
    } else {
      out.write(0x82);
      out.write(length >> 8);
      out.write(length);
    }
  }

  static byte[] text(int tag, String text) {
    return value(tag, text.getBytes(StandardCharsets.UTF_8));
  }

  /** A bit string of whole bytes. */
  static byte[] bits(int unusedBits, byte[] bytes) {
    return value(BIT_STRING, new byte[] {(byte) unusedBits}, bytes);
  }

  static byte[] objectId(int... arcs) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    content.write(arcs[0] * 40 + arcs[1]);
    for (int i = 2; i < arcs.length; i++) {
      int groups = 1;
      while (groups < 5 && arcs[i] >>> (7 * groups) != 0) {
        groups++;
      }
      for (int group = groups - 1; group >= 0; group--) {
        int more = group == 0 ? 0 : 0x80;
        content.write(more | ((arcs[i] >>> (7 * group)) & 0x7f));
      }
    }
    return value(0x06, content.toByteArray());
  }
}
