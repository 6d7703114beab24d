package io.registrykit.interop.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/**
 * The file system of a tiny image that really runs: a static busybox and a file that no other image
 * has.
 *
 * @param rootfs the folder
 * @param tar the same as a tar file
 */
public record SampleImage(Path rootfs, Path tar) {

  /**
   * Makes the files.
   *
   * @param folder where to
   * @return what was made
   * @throws IOException if it cannot be written
   */
  public static SampleImage make(Path folder) throws IOException {
    String busybox = Tools.require("busybox");
    Path rootfs = folder.resolve("rootfs");
    Files.createDirectories(rootfs.resolve("bin"));
    Files.copy(Path.of(busybox), rootfs.resolve("bin/busybox"));
    byte[] noise = new byte[300_000];
    new Random(folder.hashCode()).nextBytes(noise);
    Files.write(rootfs.resolve("noise"), noise);
    Path tar = folder.resolve("rootfs.tar");
    Command.in(folder, Tools.require("tar"), "-C", rootfs.toString(), "-cf", tar.toString(), ".")
        .run();
    return new SampleImage(rootfs, tar);
  }
}
