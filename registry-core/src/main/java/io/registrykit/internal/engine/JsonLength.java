package io.registrykit.internal.engine;

import io.registrykit.model.Descriptor;
import io.registrykit.model.MediaType;
import java.util.Map;

/** Tells how long a descriptor gets as JSON, without writing it. Thread-safe. */
final class JsonLength {
  /** Braces, commas, and the names of all fields with a size of 19 digits. */
  private static final int FRAME = 128;

  private JsonLength() {}

  /** At least as many bytes as the descriptor takes in a list. */
  static long of(Descriptor descriptor) {
    MediaType artifactType = descriptor.artifactType();
    long length =
        FRAME
            + of(descriptor.mediaType().value())
            + of(descriptor.digest().toString())
            + (artifactType == null ? 0 : of(artifactType.value()));
    for (Map.Entry<String, String> entry : descriptor.annotations().entrySet()) {
      length += 2 + of(entry.getKey()) + of(entry.getValue());
    }
    return length;
  }

  /** Quotes included; a control character becomes an escape of six. */
  private static long of(String text) {
    long length = 2;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ') {
        length += 6;
      } else if (c == '"' || c == '\\') {
        length += 2;
      } else {
        length += c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
      }
    }
    return length;
  }
}
