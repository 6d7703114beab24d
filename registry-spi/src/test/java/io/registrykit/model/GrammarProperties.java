package io.registrykit.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.registrykit.spi.store.UploadId;
import java.util.Arrays;
import java.util.function.Function;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/**
 * The hand-written parsers against the regular expressions of the specifications, which are too
 * slow and too greedy for the hot path but easy to read.
 */
class GrammarProperties {
  /** OCI distribution-spec 1.1.1, "Pulling manifests". */
  private static final Pattern NAME =
      Pattern.compile("[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(\\/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*");

  private static final Pattern TAG = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}");

  /** OCI image-spec 1.1.1, "Digests". */
  private static final Pattern DIGEST =
      Pattern.compile("[a-z0-9]+([+._-][a-z0-9]+)*:[a-zA-Z0-9=_-]+");

  private static final Pattern KNOWN_DIGEST =
      Pattern.compile("sha256:[a-f0-9]{64}|sha512:[a-f0-9]{128}");

  /** RFC 9110, "Media Type", without parameters; one token on each side. */
  private static final Pattern MEDIA_TYPE =
      Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+/[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  private static final Pattern UPLOAD_ID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  @Property(tries = 5000)
  void mediaTypesFollowTheSpecification(@ForAll("mediaTypes") String text) {
    boolean legal = text.length() <= 255 && MEDIA_TYPE.matcher(text).matches();
    assertThat(isTaken(text, MediaType::new)).isEqualTo(legal);
    if (legal) {
      assertThat(MediaType.parse(" " + text + "\t; q=\"a/b\"")).isEqualTo(new MediaType(text));
    }
  }

  @Property(tries = 5000)
  void uploadIdsHaveOneForm(@ForAll("uploadIds") String text) {
    assertThat(isTaken(text, UploadId::parse)).isEqualTo(UPLOAD_ID.matcher(text).matches());
  }

  @Property
  void tagsAreOrderedAsTheyAreWritten(@ForAll("tags") String one, @ForAll("tags") String two) {
    assertOrder(one, two, Tag::parse);
  }

  @Property
  void namesAreOrderedAsTheyAreWritten(@ForAll("names") String one, @ForAll("names") String two) {
    assertOrder(one, two, RepositoryName::parse);
  }

  @Property
  void digestsAreOrderedAsTheyAreWritten(
      @ForAll("digests") String one, @ForAll("digests") String two) {
    assertOrder(one, two, Digest::parse);
  }

  /** Stores list in byte order, so the order of values must be that of their wire forms. */
  private static <T extends Comparable<T>> void assertOrder(
      String one, String two, Function<String, T> parser) {
    if (isTaken(one, parser) && isTaken(two, parser)) {
      int wireOrder = Arrays.compare(one.getBytes(UTF_8), two.getBytes(UTF_8));
      assertThat(Integer.signum(parser.apply(one).compareTo(parser.apply(two))))
          .isEqualTo(Integer.signum(wireOrder));
    }
  }

  @Property(tries = 5000)
  void namesFollowTheSpecification(@ForAll("names") String text) {
    boolean legal = text.length() <= RepositoryName.MAX_LENGTH && NAME.matcher(text).matches();
    assertThat(isTaken(text, RepositoryName::parse)).isEqualTo(legal);
  }

  @Property(tries = 5000)
  void tagsFollowTheSpecification(@ForAll("tags") String text) {
    assertThat(isTaken(text, Tag::parse)).isEqualTo(TAG.matcher(text).matches());
  }

  @Property(tries = 5000)
  void digestsFollowTheSpecification(@ForAll("digests") String text) {
    boolean shaped = text.length() <= 255 && DIGEST.matcher(text).matches();
    assertThat(Digest.isWellFormed(text)).isEqualTo(shaped);
    assertThat(isTaken(text, Digest::parse)).isEqualTo(KNOWN_DIGEST.matcher(text).matches());
  }

  @Property
  void aReferenceIsADigestOrATag(@ForAll("digests") String digest, @ForAll("tags") String tag) {
    assertThat(isTaken(digest, Reference::parse))
        .isEqualTo(isTaken(digest, digest.indexOf(':') >= 0 ? Digest::parse : Tag::parse));
    assertThat(isTaken(tag, Reference::parse)).isEqualTo(isTaken(tag, Tag::parse));
  }

  @Property
  void aNameIsWithinItsParents(@ForAll("names") String text) {
    if (!isTaken(text, RepositoryName::parse)) {
      return;
    }
    RepositoryName name = RepositoryName.parse(text);
    assertThat(String.join("/", name.segments())).isEqualTo(text);
    name.parent()
        .ifPresent(
            parent -> {
              assertThat(name.isWithin(parent)).isTrue();
              assertThat(parent.isWithin(name)).isFalse();
              assertThat(name.segments()).startsWith(parent.segments().toArray(String[]::new));
            });
    assertThat(name.isWithin(name)).isTrue();
    if (text.length() < RepositoryName.MAX_LENGTH) {
      assertThat(RepositoryName.parse(text + "x").isWithin(name)).isFalse();
    }
  }

  @Property
  void anImageReferenceReadsWhatItWrites(
      @ForAll("names") String name, @ForAll("tags") String tag, @ForAll boolean withHost) {
    if (!isTaken(name, RepositoryName::parse) || !isTaken(tag, Tag::parse)) {
      return;
    }
    ImageReference reference =
        new ImageReference(
            withHost ? "registry.example:5000" : null,
            RepositoryName.parse(name),
            Tag.parse(tag),
            null);
    String text = reference.toString();
    String first = name.substring(0, Math.max(0, name.indexOf('/')));
    if (withHost || (first.indexOf('.') < 0 && !first.equals("localhost"))) {
      assertThat(ImageReference.parse(text)).isEqualTo(reference);
    }
  }

  private static boolean isTaken(String text, Function<String, ?> parser) {
    try {
      assertThat(parser.apply(text)).hasToString(text);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Mostly legal texts with a stray character now and then, so that both sides are met. */
  @Provide
  Arbitrary<String> names() {
    Arbitrary<String> piece =
        Arbitraries.frequencyOf(
            Tuple.of(6, Arbitraries.strings().withChars("az09").ofMaxLength(4)),
            Tuple.of(3, Arbitraries.of(".", "_", "__", "-", "---", "/")),
            Tuple.of(1, Arbitraries.of("___", "..", "//", "A", "é", "%", "\0", " ")));
    return piece.list().ofMaxSize(8).map(pieces -> String.join("", pieces));
  }

  @Provide
  Arbitrary<String> tags() {
    Arbitrary<String> start = Arbitraries.strings().withChars("azAZ09_.-:/ é").ofMaxLength(2);
    Arbitrary<String> rest = Arbitraries.strings().withChars("azAZ09_.-").ofMaxLength(130);
    return start.flatMap(head -> rest.map(tail -> head + tail));
  }

  @Provide
  Arbitrary<String> digests() {
    Arbitrary<String> algorithm =
        Arbitraries.oneOf(
            Arbitraries.of("sha256", "sha512", "sha384", "SHA256", ""),
            Arbitraries.strings().withChars("ab1+._-").ofMaxLength(5));
    Arbitrary<String> encoded =
        Arbitraries.oneOf(
            Arbitraries.strings().withChars("0123456789abcdef").ofLength(64),
            Arbitraries.strings().withChars("0123456789abcdef").ofLength(128),
            Arbitraries.strings().withChars("aZ9=_-/.:").ofMaxLength(6));
    return algorithm.flatMap(a -> encoded.map(e -> a + ":" + e));
  }

  @Provide
  Arbitrary<String> mediaTypes() {
    Arbitrary<String> token =
        Arbitraries.frequencyOf(
            Tuple.of(8, Arbitraries.strings().withChars("aZ0!#$%&'*+.^_`|~-").ofMaxLength(6)),
            Tuple.of(1, Arbitraries.strings().withChars("a;,/ \t\r\né\"@").ofMaxLength(3)),
            Tuple.of(1, Arbitraries.strings().withChars("x").ofMinLength(120).ofMaxLength(130)));
    return token.list().ofMinSize(1).ofMaxSize(3).map(tokens -> String.join("/", tokens));
  }

  @Provide
  Arbitrary<String> uploadIds() {
    Arbitrary<String> group =
        Arbitraries.frequencyOf(
            Tuple.of(20, Arbitraries.strings().withChars("0123456789abcdef").ofLength(4)),
            Tuple.of(1, Arbitraries.strings().withChars("0aAg-/.").ofMaxLength(5)));
    return group
        .list()
        .ofSize(8)
        .map(
            it ->
                String.join("-", it.get(0) + it.get(1), it.get(2), it.get(3), it.get(4))
                    + "-"
                    + it.get(5)
                    + it.get(6)
                    + it.get(7));
  }
}
