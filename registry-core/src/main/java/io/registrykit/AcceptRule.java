package io.registrykit;

/** What a registry does when a pull does not accept the type of the stored manifest. Immutable. */
public enum AcceptRule {
  /** Serve what is stored, as Docker Hub does and the OCI specification wants. */
  SERVE_STORED,
  /** Answer {@code MANIFEST_UNKNOWN}, as Azure Container Registry does. */
  REFUSE_OTHERS
}
