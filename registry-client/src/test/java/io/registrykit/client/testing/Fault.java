package io.registrykit.client.testing;

/** What goes wrong with one exchange. */
public enum Fault {
  /** Part of the body arrives and is kept, then the connection dies. */
  DROP_IN_BODY,
  /** The request is carried out, then the connection dies before the reply. */
  LOST_REPLY,
  /** The request is carried out, then nothing comes. */
  STALL,
  /** A status that may pass, and the request is not carried out. */
  REFUSED,
  /** A status that may pass, although the request is carried out. */
  REFUSED_AFTER,
  /** Too many requests, with a wait in seconds or as a date. */
  TOO_MANY,
  /** The reply breaks off in its body. */
  TRUNCATED,
  /** The reply has another byte than it should. */
  WRONG_BYTE,
  /** The reply declares another length than it has. */
  WRONG_LENGTH,
  /** The token is no longer good. */
  TOKEN_EXPIRED,
  /** The upload is forgotten. */
  STALE_SESSION,
  /** Content is at another host, as a redirect has it. */
  REDIRECT_ELSEWHERE,
  /** Uploads are at another host, as a location has it. */
  LOCATION_ELSEWHERE,
  /** The token server is at another host. */
  REALM_ELSEWHERE,
  /** The upload has less than it had. */
  WRONG_RANGE
}
