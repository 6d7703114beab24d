package io.registrykit.store.fs;

import io.registrykit.store.fs.internal.files.Disk;
import io.registrykit.store.fs.internal.files.FileHandle;
import io.registrykit.store.fs.internal.files.FileInfo;
import io.registrykit.store.fs.internal.files.FileOps;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A disk in memory that knows what was synced, counts every call, and can lose its power before any
 * of them. What it has after that is up to a {@link Survival}.
 */
final class CrashDisk implements FileOps {
  /** The power is gone. */
  static final class PowerCut extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** What of the unsynced survives a power cut. */
  enum Survival {
    /** Nothing. */
    NOTHING,
    /** All, as when only the process dies. */
    EVERYTHING,
    /** All names and lengths, and zeros for content. */
    LENGTHS,
    /** Some names, some contents, some of those half. */
    SOME_A,
    /** The same with other choices. */
    SOME_B,
    /** The same with other choices. */
    SOME_C
  }

  private abstract static sealed class Node {}

  private static final class FileNode extends Node {
    byte[] content = new byte[0];
    byte[] synced = new byte[0];
    Instant modifiedAt = Instant.EPOCH;
    int links;
  }

  private static final class DirectoryNode extends Node {
    final Map<String, Node> entries = new HashMap<>();
    final Map<String, Node> synced = new HashMap<>();
  }

  /** One entry that came, or went when the node is null. */
  private record Edit(DirectoryNode directory, String name, @Nullable Node node) {}

  private final Path root;
  private final DirectoryNode top;
  private final List<List<Edit>> unsynced = new ArrayList<>();
  private final Predicate<Path> syncs;
  private long calls;
  private int maxLinks = Integer.MAX_VALUE;
  private long room = Long.MAX_VALUE / 2;
  private long cutBefore = Long.MAX_VALUE;
  private @Nullable IOException syncFailure;
  private Call failing = call -> null;

  /** Decides whether a call fails. */
  interface Call {
    @Nullable IOException failure(long number);
  }

  CrashDisk(Path root, Predicate<Path> syncs) {
    this(root, new DirectoryNode(), syncs);
  }

  private CrashDisk(Path root, DirectoryNode top, Predicate<Path> syncs) {
    this.root = root;
    this.top = top;
    this.syncs = syncs;
  }

  /** Changes a bit of one byte of a file, as a disk does that says nothing of it. */
  void flip(Path file, int at) throws IOException {
    if (!(find(file) instanceof FileNode node)) {
      throw new NoSuchFileException(file.toString());
    }
    // A copy, for others may share the bytes.
    node.content = node.content.clone();
    node.content[at] ^= (byte) (1 << (at % 8));
  }

  /** Lets so many bytes more fit. */
  void room(long bytes) {
    room = bytes;
  }

  /** Lets a file have so many links beside its first name. */
  void maxLinks(int count) {
    maxLinks = count;
  }

  /** Cuts the power before a call, counted from one. */
  void cutBefore(long call) {
    cutBefore = call;
  }

  void failing(Call decision) {
    failing = decision;
  }

  /** Lets every sync fail, or none when the failure is null. */
  void failingSyncs(@Nullable IOException failure) {
    syncFailure = failure;
  }

  private void countSync() throws IOException {
    count();
    if (syncFailure != null) {
      throw syncFailure;
    }
  }

  long calls() {
    return calls;
  }

  private void count() throws IOException {
    if (calls + 1 >= cutBefore) {
      throw new PowerCut();
    }
    calls++;
    IOException failure = failing.failure(calls);
    if (failure != null) {
      throw failure;
    }
  }

  /** The disk when the power is back. */
  CrashDisk afterPowerCut(Survival survival) {
    return afterPowerCut(survival, syncs);
  }

  /** The disk when the power is back, with other syncs that work from then on. */
  CrashDisk afterPowerCut(Survival survival, Predicate<Path> laterSyncs) {
    int seed = survival.name().hashCode();
    IntUnaryOperator choice =
        number ->
            switch (survival) {
              case NOTHING -> 0;
              case EVERYTHING -> 1;
              case LENGTHS -> 2;
              default -> (((number * 31 + seed) * 0x9E3779B9) >>> 13) & 3;
            };
    for (int i = 0; i < unsynced.size(); i++) {
      if (choice.applyAsInt(i) != 0) {
        apply(unsynced.get(i));
      }
    }
    IdentityHashMap<Node, Node> copies = new IdentityHashMap<>();
    return new CrashDisk(root, (DirectoryNode) copy(top, copies, choice), laterSyncs);
  }

  private static Node copy(Node node, Map<Node, Node> copies, IntUnaryOperator choice) {
    Node known = copies.get(node);
    if (known != null) {
      return known;
    }
    if (node instanceof FileNode file) {
      FileNode copy = new FileNode();
      copy.content = survivor(file, choice.applyAsInt(copies.size()));
      copy.synced = copy.content;
      copy.modifiedAt = file.modifiedAt;
      copies.put(node, copy);
      return copy;
    }
    DirectoryNode copy = new DirectoryNode();
    copies.put(node, copy);
    ((DirectoryNode) node)
        .synced.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .forEach(
                entry -> copy.entries.put(entry.getKey(), copy(entry.getValue(), copies, choice)));
    copy.synced.putAll(copy.entries);
    return copy;
  }

  private static byte[] survivor(FileNode file, int choice) {
    if (choice == 0 || Arrays.equals(file.content, file.synced)) {
      return file.synced;
    } else if (choice == 1) {
      return file.content;
    } else if (choice == 2) {
      return Arrays.copyOf(file.synced, file.content.length);
    }
    int half = (file.synced.length + file.content.length) / 2;
    return Arrays.copyOf(file.content, Math.min(half, file.content.length));
  }

  private static void apply(List<Edit> edits) {
    for (Edit edit : edits) {
      if (edit.node() == null) {
        edit.directory().synced.remove(edit.name());
      } else {
        edit.directory().synced.put(edit.name(), edit.node());
      }
    }
  }

  private void change(Edit... edits) {
    for (Edit edit : edits) {
      if (edit.node() == null) {
        edit.directory().entries.remove(edit.name());
      } else {
        edit.directory().entries.put(edit.name(), edit.node());
      }
    }
    unsynced.add(List.of(edits));
  }

  private @Nullable Node find(Path path) {
    Node node = top;
    if (path.equals(root)) {
      return node;
    }
    for (Path name : root.relativize(path)) {
      if (!(node instanceof DirectoryNode directory)) {
        return null;
      }
      node = directory.entries.get(name.toString());
    }
    return node;
  }

  private DirectoryNode parent(Path path) throws IOException {
    Node node = find(Disk.parent(path));
    if (node instanceof DirectoryNode directory) {
      return directory;
    }
    throw new NoSuchFileException(path.toString());
  }

  private static String name(Path path) {
    return path.getFileName().toString();
  }

  @Override
  public FileHandle create(Path file) throws IOException {
    count();
    DirectoryNode parent = parent(file);
    if (parent.entries.containsKey(name(file))) {
      throw new FileAlreadyExistsException(file.toString());
    }
    FileNode node = new FileNode();
    change(new Edit(parent, name(file), node));
    return new Handle(node, file);
  }

  @Override
  public FileHandle openForWrite(Path file) throws IOException {
    return open(file);
  }

  @Override
  public FileHandle openForRead(Path file) throws IOException {
    return open(file);
  }

  private FileHandle open(Path file) throws IOException {
    count();
    if (find(file) instanceof FileNode node) {
      return new Handle(node, file);
    }
    throw new NoSuchFileException(file.toString());
  }

  @Override
  public void move(Path from, Path to) throws IOException {
    count();
    Node node = find(from);
    if (node == null) {
      throw new NoSuchFileException(from.toString());
    }
    change(new Edit(parent(to), name(to), node), new Edit(parent(from), name(from), null));
  }

  @Override
  public void link(Path name, Path existing) throws IOException {
    count();
    Node node = find(existing);
    if (node == null) {
      throw new NoSuchFileException(existing.toString());
    }
    if (parent(name).entries.containsKey(name(name))) {
      throw new FileAlreadyExistsException(name.toString());
    }
    if (node instanceof FileNode file && file.links++ >= maxLinks) {
      throw new IOException("Too many links");
    }
    change(new Edit(parent(name), name(name), node));
  }

  @Override
  public boolean delete(Path path) throws IOException {
    count();
    Node node = find(path);
    if (node == null) {
      return false;
    }
    if (node instanceof DirectoryNode directory && !directory.entries.isEmpty()) {
      throw new DirectoryNotEmptyException(path.toString());
    }
    if (node instanceof FileNode file) {
      room += file.content.length;
    }
    change(new Edit(parent(path), name(path), null));
    return true;
  }

  @Override
  public boolean createDirectory(Path directory) throws IOException {
    count();
    Node there = find(directory);
    if (there instanceof DirectoryNode) {
      return false;
    }
    change(new Edit(parent(directory), name(directory), new DirectoryNode()));
    return true;
  }

  @Override
  public void syncDirectory(Path directory) throws IOException {
    countSync();
    if (!(find(directory) instanceof DirectoryNode node)) {
      throw new NoSuchFileException(directory.toString());
    }
    if (!syncs.test(directory)) {
      return;
    }
    unsynced.removeIf(
        edits -> {
          boolean concerned = edits.stream().anyMatch(edit -> edit.directory() == node);
          if (concerned) {
            apply(edits);
          }
          return concerned;
        });
  }

  @Override
  public Optional<FileInfo> info(Path path) throws IOException {
    count();
    Node node = find(path);
    if (node == null) {
      return Optional.empty();
    }
    return Optional.of(
        node instanceof FileNode file
            ? new FileInfo(file.content.length, file.modifiedAt, false)
            : new FileInfo(0, Instant.EPOCH, true));
  }

  @Override
  public void setModifiedAt(Path file, Instant time) throws IOException {
    count();
    if (!(find(file) instanceof FileNode node)) {
      throw new NoSuchFileException(file.toString());
    }
    node.modifiedAt = time;
  }

  @Override
  public void setReadOnly(Path file) throws IOException {
    count();
  }

  @Override
  public void list(Path directory, Consumer<? super Path> visitor) throws IOException {
    count();
    Node node = find(directory);
    if (node instanceof FileNode) {
      throw new NotDirectoryException(directory.toString());
    }
    if (node instanceof DirectoryNode found) {
      found.entries.keySet().stream().sorted().map(directory::resolve).forEach(visitor);
    }
  }

  /** An open file; lives on when it is deleted. */
  private final class Handle implements FileHandle {
    private final FileNode node;
    private final Path path;

    Handle(FileNode node, Path path) {
      this.node = node;
      this.path = path;
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
      count();
      int left = node.content.length - (int) position;
      if (left <= 0) {
        return -1;
      }
      int count = Math.min(left, target.remaining());
      target.put(node.content, (int) position, count);
      return count;
    }

    @Override
    public void write(ByteBuffer source, long position) throws IOException {
      int length = source.remaining();
      try {
        count();
      } catch (IOException | PowerCut e) {
        // A write that fails may have got half of its bytes through.
        put(source, (int) position, length / 2);
        throw e;
      }
      put(source, (int) position, length);
    }

    private void put(ByteBuffer source, int position, int length) throws IOException {
      int growth = Math.max(0, position + length - node.content.length);
      if (growth > room) {
        throw new IOException("No space left on device");
      }
      room -= growth;
      byte[] content =
          Arrays.copyOf(node.content, Math.max(node.content.length, position + length));
      source.get(content, position, length);
      node.content = content;
    }

    @Override
    public void force(boolean metadata) throws IOException {
      countSync();
      if (syncs.test(path)) {
        node.synced = node.content;
      }
    }

    @Override
    public void truncate(long size) throws IOException {
      count();
      if (size < node.content.length) {
        room += node.content.length - size;
        node.content = Arrays.copyOf(node.content, (int) size);
      }
    }

    @Override
    public long size() throws IOException {
      count();
      return node.content.length;
    }

    @Override
    public void close() {}
  }
}
