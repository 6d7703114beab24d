package io.registrykit.internal.engine;

/**
 * A row of the route table. Immutable.
 *
 * @param method the method in upper case
 * @param path which paths it is for
 * @param needs what a caller needs
 * @param kind how it counts
 * @param summary what it does, for the table in the documentation
 * @param operation what answers
 */
public record Route(
    String method,
    PathTemplate path,
    Needs needs,
    OperationKind kind,
    String summary,
    Operation operation) {

  /**
   * A row with its path as text.
   *
   * @param method the method in upper case
   * @param path the form that {@link PathTemplate#parse} reads
   * @param needs what a caller needs
   * @param kind how it counts
   * @param summary what it does
   * @param operation what answers
   */
  public Route(
      String method,
      String path,
      Needs needs,
      OperationKind kind,
      String summary,
      Operation operation) {
    this(method, PathTemplate.parse(path), needs, kind, summary, operation);
  }
}
