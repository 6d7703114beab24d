package io.registrykit.client.internal.endpoint;

import io.registrykit.client.internal.http.Answer;

/** What the reply to a deletion means. Immutable. */
final class Deletion {
  private Deletion() {}

  /** A second try that finds nothing is a first one that worked and lost its reply. */
  static void check(Context context, Answer answer) {
    boolean done =
        (answer.status() >= 200 && answer.status() < 300)
            || (answer.status() == 404 && answer.attempts() > 1);
    if (!done) {
      throw context.failure(answer);
    }
  }
}
