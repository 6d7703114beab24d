package io.registrykit.client.internal.upload;

import io.registrykit.api.Headers;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads the {@code Range} of a session. Immutable. */
final class UploadRange {
  private UploadRange() {}

  /**
   * How many bytes a session has: {@code 0-99} says a hundred. Empty for what cannot be read, and
   * for {@code 0-0}, which says none at most registries and one at others.
   */
  static OptionalLong stored(Headers headers) {
    Optional<String> text = headers.first("Range").map(String::strip);
    if (text.isEmpty()) {
      return OptionalLong.empty();
    }
    String range = text.get().startsWith("bytes=") ? text.get().substring(6) : text.get();
    if (!range.matches("0-[0-9]{1,18}") || range.equals("0-0")) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(Long.parseLong(range.substring(2)) + 1);
  }
}
