package io.registrykit.spi.auth;

import java.util.Optional;

/**
 * What can be permitted. Immutable.
 *
 * @see <a href="https://github.com/Azure/acr/blob/main/docs/AAD-OAuth.md">Azure/acr, scopes of
 *     tokens</a>
 */
public enum Action {
  /** Read manifests, tags and blobs. */
  PULL("pull"),
  /** Write manifests, tags and blobs. */
  PUSH("push"),
  /** Delete manifests, tags, blobs and repositories. */
  DELETE("delete"),
  /** Read the attributes of repositories, manifests and tags. */
  METADATA_READ("metadata_read"),
  /** Change the attributes of repositories, manifests and tags. */
  METADATA_WRITE("metadata_write"),
  /** List the repositories of the registry. */
  CATALOG("*");

  private final String scopeName;

  Action(String scopeName) {
    this.scopeName = scopeName;
  }

  /**
   * The name of the action in the scope of a token.
   *
   * @return such as {@code pull}; {@code *} for the catalog, as in {@code registry:catalog:*}
   */
  public String scopeName() {
    return scopeName;
  }

  /**
   * Finds an action of a repository by its name in a scope.
   *
   * @param name such as {@code metadata_read}, or the older spelling {@code metadataRead}
   * @return the action, or empty when there is none of that name
   */
  public static Optional<Action> ofScopeName(String name) {
    return switch (name) {
      case "pull" -> Optional.of(PULL);
      case "push" -> Optional.of(PUSH);
      case "delete" -> Optional.of(DELETE);
      case "metadata_read", "metadataRead" -> Optional.of(METADATA_READ);
      case "metadata_write", "metadataWrite" -> Optional.of(METADATA_WRITE);
      default -> Optional.empty();
    };
  }
}
