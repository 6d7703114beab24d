package io.registrykit.model;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The full name of an image as people type it: {@code host:port/repository:tag@digest}. Immutable.
 *
 * @param host the registry with its port, or null when the text named none
 * @param repository the repository
 * @param tag the tag, or null
 * @param digest the digest, or null
 */
public record ImageReference(
    @Nullable String host, RepositoryName repository, @Nullable Tag tag, @Nullable Digest digest) {

  private static final int MAX_LENGTH = 1024;

  /**
   * Checks the host.
   *
   * @throws IllegalArgumentException if it has characters that no host has
   */
  public ImageReference {
    if (host != null && !isHost(host)) {
      throw new IllegalArgumentException("host takes letters, digits, dots, dashes and a port");
    }
  }

  /**
   * Reads a reference. The first level is a host when it has a dot or a colon or is {@code
   * localhost}, the rule that Docker made.
   *
   * @param text such as {@code localhost:5000/team/app:v1}
   * @return the reference
   * @throws IllegalArgumentException if a part is malformed
   */
  public static ImageReference parse(String text) {
    if (text.length() > MAX_LENGTH) {
      throw new IllegalArgumentException("reference is longer than " + MAX_LENGTH + " characters");
    }
    String rest = text;
    Digest digest = null;
    int at = rest.indexOf('@');
    if (at >= 0) {
      digest = Digest.parse(rest.substring(at + 1));
      rest = rest.substring(0, at);
    }
    String host = null;
    int slash = rest.indexOf('/');
    if (slash > 0 && looksLikeHost(rest.substring(0, slash))) {
      host = rest.substring(0, slash);
      rest = rest.substring(slash + 1);
    }
    Tag tag = null;
    int colon = rest.indexOf(':');
    if (colon >= 0) {
      tag = new Tag(rest.substring(colon + 1));
      rest = rest.substring(0, colon);
    }
    return new ImageReference(host, new RepositoryName(rest), tag, digest);
  }

  private static boolean looksLikeHost(String level) {
    return level.indexOf('.') >= 0 || level.indexOf(':') >= 0 || level.equals("localhost");
  }

  private static boolean isHost(String text) {
    if (text.isEmpty() || text.length() > 262) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean letterOrDigit =
          (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!letterOrDigit && ".-:[]".indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * What names the manifest: the digest where there is one, else the tag.
   *
   * @return empty when the text named neither
   */
  public Optional<Reference> reference() {
    return Optional.ofNullable(digest != null ? digest : tag);
  }

  @Override
  public String toString() {
    return (host == null ? "" : host + "/")
        + repository
        + (tag == null ? "" : ":" + tag)
        + (digest == null ? "" : "@" + digest);
  }
}
