package io.registrykit.interop.architecture.bad;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;

/** Shows a type of another library to its users. */
public final class ShowsJackson {
  public String first(JsonParser parser) throws IOException {
    return parser.nextFieldName();
  }
}
