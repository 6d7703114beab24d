package io.registrykit.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.registrykit.internal.auth.Bcrypt;
import io.registrykit.model.RepositoryName;
import io.registrykit.spi.auth.Access;
import io.registrykit.spi.auth.Action;
import io.registrykit.spi.auth.Credentials;
import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HtpasswdIdentitiesTest {
  /** Of the form that {@code htpasswd -B} writes. */
  private static final String ANN =
      "ann:$2y$05$abcdefghijklmnopqrstuu5s8oDWKBQ2dMGJoMhj8sxVm5Y7GvFsu";

  private final Text file = new Text();
  private final HtpasswdIdentities identities = new HtpasswdIdentities(file);

  private static final class Text implements TextSource {
    private String content = "";
    private int version;
    private int reads;

    void set(String newContent) {
      content = newContent;
      version++;
    }

    @Override
    public String version() {
      return Integer.toString(version);
    }

    @Override
    public String read() {
      reads++;
      return content;
    }
  }

  private boolean letsIn(String user, String secret) throws IOException {
    return identities.signIn(new Credentials.Password(user, secret)).isPresent();
  }

  @Test
  void readsHashesOfBcrypt() {
    assertThat(Bcrypt.isHash(ANN.substring(4))).isTrue();
    for (String other :
        new String[] {"", "{SHA}x", "$apr1$x$y", "s3cret", "$2y$31$" + "a".repeat(53)}) {
      assertThat(Bcrypt.isHash(other)).isFalse();
    }
  }

  /** Hashes of {@code htpasswd -B} and of the C library. */
  @Test
  void agreesWithTheHashesOfOthers() throws IOException {
    file.set(
        """
        ann:$2y$05$b9w0MXRdgbWVjwsRT2xpAeVhlRno1FHAPQV9LRwlR6AO445ORfLiy
        bob:$2y$05$abcdefghijklmnopqrstuuakWOE.k8W3KIQRdMS7TYTuHNi72.Z3K
        long:$2b$05$abcdefghijklmnopqrstuujf8SX2ahXLwp9w/B.Y5XdysS6yR576q
        """);

    assertThat(letsIn("ann", "s3cret p\u00e4ssword")).isTrue();
    assertThat(letsIn("bob", "s3cret p\u00e4ssword")).isTrue();
    assertThat(letsIn("bob", "s3cret password")).isFalse();
    assertThat(letsIn("long", "x".repeat(80))).isTrue();
    assertThat(letsIn("long", "x".repeat(72))).isTrue();
    assertThat(letsIn("long", "x".repeat(71))).isFalse();
  }

  @Test
  void givesRightsToAllUsersByTheirGroup() throws IOException {
    file.set("ann:" + Bcrypt.hash("s3cret"));
    AccessRules rules = new AccessRules();
    rules.assignToGroup(HtpasswdIdentities.GROUP, Role.CONTRIBUTOR, RepositoryPattern.ALL);
    Set<Access> push = Set.of(new Access(new RepositoryName("team/app"), Action.PUSH));

    SignIn signIn = identities.signIn(new Credentials.Password("ann", "s3cret")).orElseThrow();

    assertThat(rules.permitted(signIn.principal(), push)).isEqualTo(push);
    assertThat(rules.permitted(Principals.htpasswd("ann"), push)).isEmpty();
  }

  @Test
  void letsUsersIn() throws IOException {
    file.set("# people\n\nann:" + Bcrypt.hash("s3cret") + "\r\nbob:" + Bcrypt.hash("other") + "\n");

    assertThat(letsIn("ann", "s3cret")).isTrue();
    assertThat(letsIn("ann", "s3cret")).isTrue();
    assertThat(letsIn("bob", "other")).isTrue();
    assertThat(letsIn("ann", "other")).isFalse();
    assertThat(letsIn("ann", "")).isFalse();
    assertThat(letsIn("eve", "s3cret")).isFalse();
    assertThat(letsIn("", "")).isFalse();
    assertThat(identities.signIn(new Credentials.Bearer("s3cret"))).isEmpty();
    assertThat(identities.signIn(new Credentials.None())).isEmpty();
    assertThat(file.reads).isOne();
  }

  @Test
  void aChangedFileCountsAtOnce() throws IOException {
    file.set("ann:" + Bcrypt.hash("first"));
    SignIn signIn = identities.signIn(new Credentials.Password("ann", "first")).orElseThrow();
    assertThat(identities.stands(signIn.principal(), signIn.stamp())).isTrue();

    file.set("ann:" + Bcrypt.hash("second"));
    assertThat(letsIn("ann", "first")).isFalse();
    assertThat(letsIn("ann", "second")).isTrue();
    assertThat(identities.stands(signIn.principal(), signIn.stamp())).isFalse();

    file.set("");
    assertThat(letsIn("ann", "second")).isFalse();
    assertThat(identities.stands(Principals.user("ann"), signIn.stamp())).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ann", ":$2y$05$x", "ann:plain-s3cret", "ann:{SHA}s3cret", "ann:"})
  void aLineThatIsWrongIsNamedAndNotSaid(String line) {
    file.set("# one\n" + line);

    assertThatThrownBy(() -> letsIn("ann", "s3cret"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("line 2")
        .hasMessageNotContaining("s3cret");
  }
}
