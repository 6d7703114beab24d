package io.registrykit.internal.engine;

import io.registrykit.error.ErrorCode;
import io.registrykit.error.ErrorInfo;
import io.registrykit.error.InvalidContentException;
import io.registrykit.internal.json.JsonFormatException;
import io.registrykit.internal.json.JsonReader;
import io.registrykit.model.Bytes;
import io.registrykit.spi.store.Attributes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The locks that a PATCH changes: those that it names. Immutable.
 *
 * @param flags the new values by name
 */
record AttributePatch(Map<String, Boolean> flags) {
  private static final int BAD_REQUEST = 400;
  private static final int MAX_BYTES = 64 * 1024;
  private static final JsonReader.Source JSON = new JsonReader.Source(16, MAX_BYTES);
  private static final Set<String> NAMES =
      Set.of("deleteEnabled", "writeEnabled", "readEnabled", "listEnabled");

  /**
   * Reads the body of a request. Other fields than those of the locks are not looked at.
   *
   * @throws InvalidContentException if it is not a JSON object, or a lock is neither true nor false
   */
  static AttributePatch read(Call call) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    RequestBody.of(call.request(), call.request().contentLength(), MAX_BYTES).transferTo(body);
    Map<String, Boolean> flags = new HashMap<>();
    try {
      JSON.readObject(
          Bytes.copyOf(body.toByteArray()),
          (reader, name) -> {
            if (!NAMES.contains(name) || reader.isNull()) {
              reader.skip();
            } else {
              flags.put(name, reader.bool());
            }
          });
    } catch (JsonFormatException e) {
      throw new InvalidContentException(
          BAD_REQUEST,
          List.of(
              new ErrorInfo(
                  ErrorCode.UNSUPPORTED,
                  "the attributes cannot be read: " + e.getMessage(),
                  Map.of())));
    }
    return new AttributePatch(flags);
  }

  Attributes apply(Attributes before) {
    return new Attributes(
        flags.getOrDefault("deleteEnabled", before.deleteEnabled()),
        flags.getOrDefault("writeEnabled", before.writeEnabled()),
        flags.getOrDefault("readEnabled", before.readEnabled()),
        flags.getOrDefault("listEnabled", before.listEnabled()));
  }
}
