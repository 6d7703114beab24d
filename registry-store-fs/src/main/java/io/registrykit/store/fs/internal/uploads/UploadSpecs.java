package io.registrykit.store.fs.internal.uploads;

import io.registrykit.model.DigestAlgorithm;
import io.registrykit.spi.store.UploadSpec;
import io.registrykit.store.fs.internal.codec.Frame;
import io.registrykit.store.fs.internal.codec.FrameReader;
import io.registrykit.store.fs.internal.codec.In;
import io.registrykit.store.fs.internal.codec.Out;
import io.registrykit.store.fs.internal.files.FileHandle;
import io.registrykit.store.fs.internal.files.FileOps;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;

/** The files that say what is known of an upload. Thread-safe. */
final class UploadSpecs {
  private final FileOps ops;

  UploadSpecs(FileOps ops) {
    this.ops = ops;
  }

  void write(Path file, UploadSpec spec) throws IOException {
    Out out = new Out();
    out.text(spec.algorithm().id()).text(spec.owner()).instant(spec.startedAt());
    ops.delete(file);
    try (FileHandle handle = ops.create(file)) {
      handle.write(ByteBuffer.wrap(Frame.of(out.toByteArray())), 0);
    }
  }

  /** Reads a file; empty when it is not whole, as a crash may leave it. */
  Optional<UploadSpec> read(Path file) throws IOException {
    byte[] frame;
    try (FileHandle handle = ops.openForRead(file)) {
      frame = new FrameReader(handle, file).next();
    }
    if (frame == null) {
      return Optional.empty();
    }
    In in = new In(frame);
    DigestAlgorithm algorithm =
        DigestAlgorithm.of(in.text())
            .orElseThrow(() -> new IOException(file + " names an unknown algorithm"));
    return Optional.of(new UploadSpec(algorithm, in.text(), in.instant()));
  }
}
