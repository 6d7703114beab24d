package io.registrykit.client.internal.auth;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One challenge of a registry. Immutable.
 *
 * @param scheme the scheme in lower case, such as {@code bearer}
 * @param parameters the parameters by name in lower case
 */
record Challenge(String scheme, Map<String, String> parameters) {

  Challenge {
    scheme = scheme.toLowerCase(Locale.ROOT);
    parameters = Map.copyOf(parameters);
  }

  Optional<String> parameter(String name) {
    return Optional.ofNullable(parameters.get(name)).filter(value -> !value.isEmpty());
  }
}
