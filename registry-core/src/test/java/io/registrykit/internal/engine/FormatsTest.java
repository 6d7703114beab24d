package io.registrykit.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.registrykit.api.Headers;
import io.registrykit.api.Query;
import io.registrykit.error.InvalidContentException;
import io.registrykit.internal.json.WireJson;
import io.registrykit.model.ByteRange;
import io.registrykit.model.Bytes;
import io.registrykit.model.Descriptor;
import io.registrykit.model.Digest;
import io.registrykit.model.DigestAlgorithm;
import io.registrykit.model.MediaType;
import io.registrykit.spi.auth.Credentials;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** Laws of the formats in headers and paths, over whatever texts there are. */
class FormatsTest {

  @Provide
  Arbitrary<String> headerLike() {
    return Arbitraries.strings().withChars("bytes=0123456789-,/* \tx\u0661").ofMaxLength(40);
  }

  @Property
  void aSelectedRangeLiesInTheContent(
      @ForAll("headerLike") String header, @ForAll @LongRange(min = 0, max = 1000) long size) {
    RangeHeader.Selection selection = RangeHeader.select(header, size);

    if (selection instanceof RangeHeader.Selection.Part part) {
      assertThat(part.range().length()).isPositive();
      assertThat(part.range().end()).isLessThanOrEqualTo(size);
    }
  }

  @Property
  void aWellFormedRangeIsUnderstood(
      @ForAll @LongRange(min = 0) long first,
      @ForAll @LongRange(min = 0) long last,
      @ForAll @LongRange(min = 0) long size) {
    RangeHeader.Selection selection = RangeHeader.select("bytes=" + first + "-" + last, size);

    if (first <= last && first < size) {
      long end = Math.min(last, size - 1) + 1;
      assertThat(selection)
          .isEqualTo(new RangeHeader.Selection.Part(new ByteRange(first, end - first)));
    } else {
      assertThat(selection).isEqualTo(new RangeHeader.Selection.Unsatisfiable());
    }
  }

  @Property
  void aSuffixEndsAtTheEnd(
      @ForAll @LongRange(min = 1) long length, @ForAll @LongRange(min = 1) long size) {
    long taken = Math.min(length, size);

    assertThat(RangeHeader.select("bytes=-" + length, size))
        .isEqualTo(new RangeHeader.Selection.Part(new ByteRange(size - taken, taken)));
  }

  @Property
  void aContentRangeIsReadAsItWasWritten(
      @ForAll @LongRange(min = 0, max = Long.MAX_VALUE / 2) long offset,
      @ForAll @LongRange(min = 1, max = Long.MAX_VALUE / 2) long length) {
    ByteRange range = new ByteRange(offset, length);

    assertThat(ContentRange.parse(offset + "-" + (range.end() - 1))).isEqualTo(range);
    assertThat(ContentRange.parse(ContentRange.of(range, range.end()))).isEqualTo(range);
  }

  @Property
  void whatIsNoContentRangeIsRefused(@ForAll("headerLike") String header) {
    try {
      ByteRange range = ContentRange.parse(header);
      assertThat(range.length()).isPositive();
      assertThat(header).contains(range.offset() + "").contains("-");
    } catch (InvalidContentException refused) {
      assertThat(refused.httpStatus()).isEqualTo(400);
    }
  }

  @Property
  void aLinkHasNothingThatEndsIt(@ForAll String value) {
    String link = LinkHeader.to("/v2/a/tags/list").with("last", value).next();

    assertThat(link).matches("</v2/a/tags/list\\?last=[A-Za-z0-9._~%-]*>; rel=\"next\"");
    String query = link.substring(link.indexOf('?') + 1, link.indexOf('>'));
    assertThat(Query.parse(query).first("last"))
        .contains(new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
  }

  @Property
  void anyPathIsDecodedOrRefused(@ForAll String path) {
    try {
      String decoded = RequestPath.decode(path);
      assertThat(decoded.replace(RequestPath.ENCODED_SLASH, '/'))
          .matches("[!-~]*")
          .doesNotContain("/../");
    } catch (InvalidContentException refused) {
      assertThat(refused.httpStatus()).isIn(400, 414);
    }
  }

  @Property
  void basicCredentialsAreReadAsTheyWereWritten(
      @ForAll("names") String user, @ForAll("names") String secret) {
    String pair = user.replace(":", "") + ":" + secret;
    String encoded = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));

    assertThat(AuthorizationHeader.read(Headers.of("Authorization", "Basic " + encoded)))
        .contains(new Credentials.Password(user.replace(":", ""), secret));
  }

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.strings()
        .withCharRange(' ', '~')
        .withCharRange('\u00a0', '\ud7ff')
        .ofMaxLength(30);
  }

  @Property
  void anyAuthorizationIsReadOrRefused(@ForAll String value) {
    Optional<Credentials> credentials =
        AuthorizationHeader.read(Headers.of("Authorization", value.replaceAll("[\r\n\0]", "")));

    credentials.ifPresent(found -> assertThat(found).isNotInstanceOf(Credentials.None.class));
  }

  @Property
  void theLengthOfADescriptorIsNoGuessBelowTheTruth(
      @ForAll @Size(max = 5) Map<String, String> annotations) {
    Descriptor descriptor =
        new Descriptor(
            MediaType.OCI_MANIFEST,
            Digest.of(DigestAlgorithm.SHA512, new byte[0]),
            Long.MAX_VALUE,
            MediaType.OCI_EMPTY,
            annotations);

    Bytes list = WireJson.index(List.of(descriptor));

    assertThat(JsonLength.of(descriptor))
        .isGreaterThanOrEqualTo(list.length() - WireJson.index(List.of()).length());
  }

  @Property
  void aListedTagIsKnown(@ForAll("digests") String digest, @ForAll("headerLike") String other) {
    String list = "\"" + other.replace("\"", "") + "\", W/\"" + digest + "\"";

    assertThat(EntityTag.isKnown(Headers.of("If-None-Match", list), digest)).isTrue();
    assertThat(EntityTag.isKnown(Headers.of("If-None-Match", digest), digest)).isFalse();
  }

  @Provide
  Arbitrary<String> digests() {
    return Arbitraries.bytes()
        .array(byte[].class)
        .map(content -> Digest.of(DigestAlgorithm.SHA256, content).toString());
  }

  @Property
  void whatNamesATypeAcceptsIt(@ForAll("headerLike") String other) {
    Headers headers =
        Headers.of("Accept", other + ";q=1," + MediaType.OCI_INDEX, "Accept", "text/plain");

    assertThat(AcceptHeader.accepts(headers, MediaType.OCI_INDEX)).isTrue();
  }

  @Property
  void numbersAreDigitsAndNothingElse(@ForAll("headerLike") String text) {
    long value = Decimal.parse(text, 0, text.length());

    assertThat(value >= 0).isEqualTo(text.matches("[0-9]+"));
    if (value >= 0) {
      assertThat(new BigInteger(text).min(BigInteger.valueOf(Long.MAX_VALUE)))
          .isEqualTo(BigInteger.valueOf(value));
    }
    assertThatThrownBy(() -> ContentRange.parse(text.replace("-", "")))
        .isInstanceOf(InvalidContentException.class);
  }
}
