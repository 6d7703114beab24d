package io.registrykit.internal.engine;

import org.jspecify.annotations.Nullable;

/**
 * The shape of a path, such as <code>/v2/{name}/manifests/{reference}</code>. Immutable.
 *
 * <p>Paths are matched from right to left, and whatever is left between the fixed start and the
 * matched end is the name: so a repository may be called {@code a/blobs/uploads/b} or {@code
 * tags/list/y}.
 */
public final class PathTemplate {
  private static final String NAME = "{name}";

  private final String text;

  /** What the path starts with; the whole of it when the template has no name. */
  private final String head;

  /** The pieces behind the name; null stands for the parameter. */
  private final @Nullable String[] tail;

  private final boolean named;

  private PathTemplate(String text, String head, @Nullable String[] tail, boolean named) {
    this.text = text;
    this.head = head;
    this.tail = tail;
    this.named = named;
  }

  /**
   * Reads a template.
   *
   * @param text a path that starts with a slash and has at most one <code>{name}</code> and at most
   *     one other piece in braces behind it
   * @return the template
   * @throws IllegalArgumentException if it has another form
   */
  public static PathTemplate parse(String text) {
    if (!text.startsWith("/")) {
      throw new IllegalArgumentException("template does not start with a slash: " + text);
    }
    int name = text.indexOf("/" + NAME);
    String head = name < 0 ? text : text.substring(0, name + 1);
    String rest = name < 0 ? "" : text.substring(name + 1 + NAME.length());
    String[] pieces = rest.isEmpty() ? new String[0] : rest.substring(1).split("/", -1);
    @Nullable String[] tail = new @Nullable String[pieces.length];
    int parameters = 0;
    for (int i = 0; i < pieces.length; i++) {
      boolean parameter = pieces[i].startsWith("{");
      tail[i] = parameter ? null : pieces[i];
      parameters += parameter ? 1 : 0;
    }
    if (head.indexOf('{') >= 0 || parameters > 1) {
      throw new IllegalArgumentException("template has too many variables: " + text);
    }
    return new PathTemplate(text, head, tail, name >= 0);
  }

  /** Templates with more pieces, and more fixed ones, go first: the most precise one wins. */
  int precision() {
    int precision = named ? 0 : Integer.MAX_VALUE - tail.length;
    for (String piece : tail) {
      precision += piece == null ? 1 : 2;
    }
    return precision;
  }

  /**
   * Compares with a path.
   *
   * @param path a decoded path, in which encoded slashes are {@link RequestPath#ENCODED_SLASH}
   * @return the variables, or null when the path has another shape
   */
  @Nullable Match match(String path) {
    if (!named) {
      return path.equals(head) ? Match.WITHOUT_VARIABLES : null;
    }
    String parameter = null;
    int end = path.length();
    for (int i = tail.length - 1; i >= 0; i--) {
      int start = path.lastIndexOf('/', end - 1) + 1;
      String literal = tail[i];
      if (start <= 0 || (literal == null ? start == end : !isAt(literal, path, start, end))) {
        return null;
      }
      if (literal == null) {
        parameter = path.substring(start, end);
      }
      end = start - 1;
    }
    return end > head.length() && path.startsWith(head)
        ? new Match(path.substring(head.length(), end), parameter)
        : null;
  }

  private static boolean isAt(String literal, String path, int start, int end) {
    return end - start == literal.length() && path.startsWith(literal, start);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PathTemplate that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }

  /**
   * What stands in a path for the variables of a template. Immutable.
   *
   * @param name the text of the name, or null when the template has none
   * @param parameter the text of the parameter, or null when the template has none
   */
  record Match(@Nullable String name, @Nullable String parameter) {
    private static final Match WITHOUT_VARIABLES = new Match(null, null);
  }
}
