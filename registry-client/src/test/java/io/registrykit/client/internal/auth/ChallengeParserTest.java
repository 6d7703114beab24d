package io.registrykit.client.internal.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChallengeParserTest {
  private static final Challenge BEARER =
      new Challenge(
          "bearer",
          Map.of(
              "realm", "https://auth.example/token",
              "service", "registry, with \"quotes\"",
              "scope", "repository:a/b:pull,push"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer realm=\"https://auth.example/token\",service=\"registry, with \\\"quotes\\\"\","
            + "scope=\"repository:a/b:pull,push\"",
        "bearer scope=\"repository:a/b:pull,push\" , realm = \"https://auth.example/token\" ,"
            + "  service=\"registry, with \\\"quotes\\\"\"  ",
        ",, BEARER   Service=\"registry, with \\\"quotes\\\"\",Realm=\"https://auth.example/token\","
            + "Scope=\"repository:a/b:pull,push\",",
      })
  void orderSpacesAndCaseDoNotMatter(String line) {
    assertThat(ChallengeParser.parse(List.of(line))).containsExactly(BEARER);
  }

  @Test
  void severalChallengesInOneLineAreToldApart() {
    String line = "Negotiate, Basic realm=\"a, b\", charset=\"UTF-8\", Bearer realm=x,service=y";
    assertThat(ChallengeParser.parse(List.of(line)))
        .containsExactly(
            new Challenge("negotiate", Map.of()),
            new Challenge("basic", Map.of("realm", "a, b", "charset", "UTF-8")),
            new Challenge("bearer", Map.of("realm", "x", "service", "y")));
  }

  @Test
  void wordsOfTheGrammarMayStandInValues() {
    String line = "Bearer realm=\"https://h/t\",service=\"service=scope,Basic realm=1\"";
    assertThat(ChallengeParser.parse(List.of(line)))
        .containsExactly(
            new Challenge(
                "bearer",
                Map.of("realm", "https://h/t", "service", "service=scope,Basic realm=1")));
  }

  @Test
  void oneWordBehindASchemeIsNoScheme() {
    assertThat(ChallengeParser.parse(List.of("Negotiate abc, Basic realm=\"r\"")))
        .contains(new Challenge("basic", Map.of("realm", "r")));
    assertThat(ChallengeParser.parse(List.of("Negotiate YWJj==, Basic realm=\"r\"")))
        .extracting(Challenge::scheme)
        .containsExactly("negotiate", "basic");
  }

  @Test
  void eachLineCounts() {
    assertThat(ChallengeParser.parse(List.of("Basic realm=\"a\"", "Bearer realm=\"b\"")))
        .extracting(Challenge::scheme)
        .containsExactly("basic", "bearer");
  }

  @Test
  void anyTextIsReadInAFewSteps() {
    Random random = new Random(1);
    String alphabet = "aB=\"\\, \t;:/(){}";
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(40); length > 0; length--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      assertThat(ChallengeParser.parse(List.of(text.toString())).size()).isLessThanOrEqualTo(16);
    }
  }
}
