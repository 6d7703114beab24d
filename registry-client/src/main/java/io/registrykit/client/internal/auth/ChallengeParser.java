package io.registrykit.client.internal.auth;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads {@code WWW-Authenticate}: any number of challenges in a line, parameters in any order,
 * quoted or not, spaces wherever people put them. What cannot be read ends the line; what came
 * before it counts. Not safe for use by several threads at once.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-11.6.1">RFC 9110, section 11.6.1</a>
 */
final class ChallengeParser {
  private static final int MAX_LENGTH = 8192;
  private static final int MAX_CHALLENGES = 16;
  private static final int MAX_PARAMETERS = 32;

  private final String text;
  private int at;

  private ChallengeParser(String text) {
    this.text = text;
  }

  static List<Challenge> parse(List<String> lines) {
    List<Challenge> challenges = new ArrayList<>();
    for (String line : lines) {
      if (line.length() <= MAX_LENGTH) {
        new ChallengeParser(line).readInto(challenges);
      }
    }
    return challenges;
  }

  private void readInto(List<Challenge> challenges) {
    skip(" \t,");
    while (at < text.length() && challenges.size() < MAX_CHALLENGES) {
      String scheme = token();
      if (scheme.isEmpty()) {
        return;
      }
      Map<String, String> parameters = new HashMap<>();
      boolean whole = readParameters(parameters);
      challenges.add(new Challenge(scheme, parameters));
      if (!whole) {
        return;
      }
    }
  }

  /** Reads up to the next scheme; false when the rest of the line is unreadable. */
  private boolean readParameters(Map<String, String> parameters) {
    skip(" \t");
    boolean first = true;
    while (!atEnd()) {
      int start = at;
      String name = token();
      skip(" \t");
      if (name.isEmpty() && !first) {
        return false;
      }
      if (peek() == '=') {
        at++;
        readValue(name, parameters);
      } else if (first && (atEnd() || peek() == ',')) {
        // A scheme alone, or with one word that is no parameter: "Negotiate" or "Negotiate abc".
      } else {
        at = start;
        return true;
      }
      first = false;
      skip(" \t,");
    }
    return true;
  }

  private void readValue(String name, Map<String, String> parameters) {
    skip("= \t");
    String value = peek() == '"' ? quoted() : token();
    if (parameters.size() < MAX_PARAMETERS) {
      parameters.putIfAbsent(name.toLowerCase(Locale.ROOT), value);
    }
  }

  private String quoted() {
    StringBuilder value = new StringBuilder();
    at++;
    while (!atEnd() && peek() != '"') {
      if (peek() == '\\' && at + 1 < text.length()) {
        at++;
      }
      value.append(peek());
      at++;
    }
    at++;
    return value.toString();
  }

  private String token() {
    int start = at;
    while (!atEnd() && isToken(peek())) {
      at++;
    }
    return text.substring(start, at);
  }

  /** The characters of a token, and those that careless servers put into unquoted values. */
  private static boolean isToken(char c) {
    return c > ' ' && c < 127 && "\"(),;<=>@[\\]{}".indexOf(c) < 0;
  }

  private void skip(String characters) {
    while (!atEnd() && characters.indexOf(peek()) >= 0) {
      at++;
    }
  }

  private boolean atEnd() {
    return at >= text.length();
  }

  private char peek() {
    return atEnd() ? '\0' : text.charAt(at);
  }
}
