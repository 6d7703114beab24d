package io.registrykit.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.registrykit.api.ApiRequest;
import io.registrykit.api.Headers;
import io.registrykit.api.Query;
import io.registrykit.error.InvalidContentException;
import io.registrykit.model.MediaType;
import io.registrykit.spi.auth.Credentials;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;

/**
 * Whatever a stranger sends in a header, path or query is understood within bounds or refused by
 * name. Runs over the seeds in every build; with {@code JAZZER_FUZZ=1} it searches on.
 */
class HeaderFuzzTest {
  private static final TestApi API = TestApi.open();

  private static String text(byte[] input) {
    return new String(input, StandardCharsets.UTF_8);
  }

  @FuzzTest
  void ranges(byte[] input) {
    String text = text(input);
    for (long size : new long[] {0, 1, 1000, Long.MAX_VALUE}) {
      if (RangeHeader.select(text, size) instanceof RangeHeader.Selection.Part part) {
        assertThat(part.range().length()).isPositive();
        assertThat(part.range().end()).isLessThanOrEqualTo(size);
      }
    }
    try {
      assertThat(ContentRange.parse(text).length()).isPositive();
    } catch (InvalidContentException refused) {
      assertThat(refused.httpStatus()).isEqualTo(400);
    }
  }

  @FuzzTest
  void queries(byte[] input) {
    String text = text(input);
    Query query = Query.parse(text);
    assertThat(query.problem().isPresent() && !query.isEmpty()).isFalse();
    for (String value : query.all("last")) {
      String link = LinkHeader.to("/v2/_catalog").with("last", value).next();
      String rest = link.substring(link.indexOf('?') + 1, link.indexOf('>'));
      assertThat(Query.parse(rest).first("last"))
          .contains(text(text(value).getBytes(StandardCharsets.UTF_8)));
    }
  }

  private static String text(String value) {
    return new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  @FuzzTest
  void paths(byte[] input) {
    String text = text(input);
    try {
      String decoded = RequestPath.decode(text);
      assertThat(decoded).doesNotContain("/../", "//", "\0", "%2f%2f\0");
    } catch (InvalidContentException refused) {
      assertThat(refused.httpStatus()).isIn(400, 414);
    }
  }

  @FuzzTest
  void authorizations(byte[] input) {
    String text = text(input).replaceAll("[\r\n\0]", "");
    AuthorizationHeader.read(Headers.of("Authorization", text))
        .ifPresent(found -> assertThat(found).isNotInstanceOf(Credentials.None.class));
    Headers conditions = Headers.of("If-None-Match", text, "Accept", text);
    assertThat(EntityTag.isKnown(conditions, "sha256:none"))
        .isEqualTo(text.strip().equals("*") || text.contains("\"sha256:none\""));
    AcceptHeader.accepts(conditions, MediaType.OCI_INDEX);
  }

  /** A request: method, target, header name and value in lines, and the rest is the body. */
  @FuzzTest
  void requests(byte[] input) {
    String[] lines = text(input).split("\n", 5);
    if (lines.length < 5) {
      return;
    }
    byte[] body = lines[4].getBytes(StandardCharsets.UTF_8);
    ApiRequest request =
        ApiRequest.of(lines[0], lines[1])
            .withHeaders(Headers.of(lines[2], lines[3].replace("\r", "").replace("\0", "")))
            .withBody(new ByteArrayInputStream(body), body.length);
    Answer answer = Answer.of(lines[0], API.handler().handle(request));
    assertThat(answer.status()).isBetween(200, 499);
  }
}
