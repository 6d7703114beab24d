package io.registrykit.client.layout;

/** How to tell compressed content, whose name in an archive says nothing. */
final class Gzip {
  static final int MAGIC_LENGTH = 4;

  private Gzip() {}

  static boolean isGzip(byte[] start) {
    return start.length >= 2 && start[0] == 0x1f && (start[1] & 0xff) == 0x8b;
  }

  static boolean isZstd(byte[] start) {
    return start.length >= 4
        && start[0] == 0x28
        && (start[1] & 0xff) == 0xb5
        && start[2] == 0x2f
        && (start[3] & 0xff) == 0xfd;
  }
}
