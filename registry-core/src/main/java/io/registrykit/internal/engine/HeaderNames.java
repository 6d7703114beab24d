package io.registrykit.internal.engine;

/** The headers of the protocol by name. */
final class HeaderNames {
  static final String ACCEPT = "Accept";
  static final String ACCEPT_RANGES = "Accept-Ranges";
  static final String ALLOW = "Allow";
  static final String API_VERSION = "Docker-Distribution-Api-Version";
  static final String CONTENT_DIGEST = "Docker-Content-Digest";
  static final String CONTENT_LENGTH = "Content-Length";
  static final String CONTENT_RANGE = "Content-Range";
  static final String CONTENT_TYPE = "Content-Type";
  static final String ETAG = "ETag";
  static final String FILTERS_APPLIED = "OCI-Filters-Applied";
  static final String IF_NONE_MATCH = "If-None-Match";
  static final String IF_RANGE = "If-Range";
  static final String LINK = "Link";
  static final String LOCATION = "Location";
  static final String RANGE = "Range";
  static final String RETRY_AFTER = "Retry-After";
  static final String SUBJECT = "OCI-Subject";
  static final String TAG = "OCI-Tag";
  static final String UPLOAD_ID = "Docker-Upload-UUID";
  static final String WWW_AUTHENTICATE = "WWW-Authenticate";

  private HeaderNames() {}
}
