package io.registrykit.client.testing;

import io.registrykit.model.Bytes;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Makes tar files as others make them, and as nobody honest does. */
public final class Tars {
  private final List<Entry> entries = new ArrayList<>();

  private Tars() {}

  private record Entry(TarArchiveEntry header, Bytes content) {}

  public static Tars builder() {
    return new Tars();
  }

  public Tars file(String name, byte[] content) {
    TarArchiveEntry header = new TarArchiveEntry(name, true);
    header.setSize(content.length);
    return add(header, content);
  }

  public Tars folder(String name) {
    return add(new TarArchiveEntry(name, true), new byte[0]);
  }

  public Tars link(String name, String target) {
    TarArchiveEntry header = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
    header.setLinkName(target);
    return add(header, new byte[0]);
  }

  public Tars hardLink(String name, String target) {
    TarArchiveEntry header = new TarArchiveEntry(name, TarConstants.LF_LINK);
    header.setLinkName(target);
    return add(header, new byte[0]);
  }

  /** What stands before an entry whose name is long. */
  public Tars longName(byte[] name) {
    TarArchiveEntry header = new TarArchiveEntry("././@LongLink", TarConstants.LF_GNUTYPE_LONGNAME);
    header.setSize(name.length);
    return add(header, name);
  }

  public Tars device(String name) {
    return add(new TarArchiveEntry(name, TarConstants.LF_CHR), new byte[0]);
  }

  private Tars add(TarArchiveEntry header, byte[] content) {
    entries.add(new Entry(header, Bytes.copyOf(content)));
    return this;
  }

  public void write(Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        TarArchiveOutputStream tar = new TarArchiveOutputStream(out, "UTF-8")) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
      for (Entry entry : entries) {
        tar.putArchiveEntry(entry.header());
        entry.content().writeTo(tar);
        tar.closeArchiveEntry();
      }
    }
  }

  public static List<String> names(Path file) throws IOException {
    List<String> names = new ArrayList<>();
    try (TarArchiveInputStream tar = new TarArchiveInputStream(Files.newInputStream(file))) {
      for (TarArchiveEntry one = tar.getNextEntry(); one != null; one = tar.getNextEntry()) {
        names.add(one.getName());
      }
    }
    return names;
  }
}
