package io.registrykit.interop.harness;

/** Who signs in to a registry with access rules: one of each kind. */
public enum Identity {
  /** The admin account. */
  ADMIN,
  /** A service principal of the directory, which pulls and pushes. */
  SERVICE_PRINCIPAL,
  /** The same one, with a refresh token as {@code az acr login --expose-token} gets it. */
  REFRESH_TOKEN,
  /** A scoped token with every action on every repository. */
  SCOPED_TOKEN,
  /** A scoped token that pulls from everywhere and pushes nowhere. */
  READ_ONLY_TOKEN,
  /** A scoped token that pulls and pushes below {@code team}, and knows nothing else. */
  TEAM_TOKEN,
  /** A scoped token that nothing but the tests with wrong passwords use. */
  FORGETFUL_TOKEN
}
