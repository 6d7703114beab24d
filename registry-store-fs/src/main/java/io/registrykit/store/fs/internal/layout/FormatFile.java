package io.registrykit.store.fs.internal.layout;

import io.registrykit.store.fs.internal.files.Disk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * The file that makes a folder a store: a first line that no other program writes, and a version.
 */
public final class FormatFile {
  /** The layout that this code reads and writes. */
  public static final int VERSION = 1;

  private static final String TITLE = "RegistryKit file store";
  private static final Set<String> HARMLESS = Set.of("lock", "format.tmp", "lost+found");

  private FormatFile() {}

  /**
   * Checks that a folder is a store that this code can read, or makes an empty one a store.
   *
   * @return whether it is new
   * @throws IOException if it belongs to something else or to a newer version
   */
  public static boolean openOrCreate(Disk disk, Layout layout) throws IOException {
    byte[] content;
    try {
      content = disk.read(layout.format());
    } catch (NoSuchFileException e) {
      requireEmpty(disk, layout);
      String text = TITLE + "\nlayout " + VERSION + "\nid " + UUID.randomUUID() + "\n";
      disk.replace(layout.format(), text.getBytes(StandardCharsets.UTF_8));
      return true;
    }
    check(layout.root(), new String(content, StandardCharsets.UTF_8).lines().toList());
    return false;
  }

  private static void check(Path root, List<String> lines) throws IOException {
    if (lines.size() < 2 || !lines.get(0).equals(TITLE) || !lines.get(1).startsWith("layout ")) {
      throw new IOException(root + " is not a store: its file 'format' is another program's");
    }
    int version;
    try {
      version = Integer.parseInt(lines.get(1).substring("layout ".length()));
    } catch (NumberFormatException e) {
      throw new IOException(root + " has a layout without a number: " + lines.get(1), e);
    }
    if (version < 1) {
      throw new IOException(root + " has a layout that never was: " + version);
    }
    if (version > VERSION) {
      throw new IOException(
          root
              + " has layout "
              + version
              + ", and this version of the store knows layouts up to "
              + VERSION
              + ": open it with a newer one");
    }
  }

  private static void requireEmpty(Disk disk, Layout layout) throws IOException {
    List<String> foreign = new ArrayList<>();
    disk.ops()
        .list(
            layout.root(),
            entry -> {
              String name = String.valueOf(entry.getFileName());
              if (!HARMLESS.contains(name)) {
                foreign.add(name);
              }
            });
    if (!foreign.isEmpty()) {
      throw new IOException(
          layout.root() + " is neither empty nor a store: it has " + foreign.get(0));
    }
  }
}
