package io.registrykit.error;

/**
 * An error code of the registry protocol; its name is the code on the wire. Immutable.
 *
 * @see <a
 *     href="https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#error-codes">OCI
 *     distribution-spec, error codes</a>
 */
public enum ErrorCode {
  /** The repository has no such blob. */
  BLOB_UNKNOWN(404, "blob unknown to repository"),
  /** The upload cannot go on in this way. */
  BLOB_UPLOAD_INVALID(400, "blob upload invalid"),
  /** There is no such upload, or it belongs to another repository. */
  BLOB_UPLOAD_UNKNOWN(404, "blob upload unknown to registry"),
  /** The digest is malformed, of an unsupported algorithm, or not that of the content. */
  DIGEST_INVALID(400, "provided digest did not match uploaded content"),
  /** The manifest names content that the repository does not have. */
  MANIFEST_BLOB_UNKNOWN(400, "manifest references a manifest or blob unknown to registry"),
  /** The manifest is not what its media type says. */
  MANIFEST_INVALID(400, "manifest invalid"),
  /** The repository has no such tag or manifest. */
  MANIFEST_UNKNOWN(404, "manifest unknown to registry"),
  /** The repository name breaks the grammar. */
  NAME_INVALID(400, "invalid repository name"),
  /** The registry has no such repository. */
  NAME_UNKNOWN(404, "repository name not known to registry"),
  /** The length is not the declared one, or over a limit. */
  SIZE_INVALID(400, "provided length did not match content length"),
  /** The tag breaks the grammar. */
  TAG_INVALID(400, "invalid tag"),
  /** The caller is not signed in, or its token is short of what is needed. */
  UNAUTHORIZED(401, "authentication required"),
  /** The caller may not do this. */
  DENIED(403, "requested access to the resource is denied"),
  /** The operation is not offered. */
  UNSUPPORTED(405, "the operation is unsupported"),
  /** The caller asks too often. */
  TOOMANYREQUESTS(429, "too many requests"),
  /** No byte of the content lies in the wanted range. */
  RANGE_INVALID(416, "invalid content range"),
  /** The wanted page size is not a number from zero up. */
  PAGINATION_NUMBER_INVALID(400, "invalid number of results requested"),
  /** The registry cannot serve at the moment. */
  UNAVAILABLE(503, "service unavailable"),
  /** Something failed that the caller can do nothing about. */
  UNKNOWN(500, "unknown error");

  private final int httpStatus;
  private final String defaultMessage;

  ErrorCode(int httpStatus, String defaultMessage) {
    this.httpStatus = httpStatus;
    this.defaultMessage = defaultMessage;
  }

  /**
   * The HTTP status that goes with the code where nothing more precise is known.
   *
   * @return 400 to 599
   */
  public int httpStatus() {
    return httpStatus;
  }

  /**
   * The message of the specification.
   *
   * @return a text in English
   */
  public String defaultMessage() {
    return defaultMessage;
  }
}
