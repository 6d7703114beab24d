package io.registrykit.internal.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrykit.auth.Identities;
import io.registrykit.auth.SignIn;
import io.registrykit.spi.auth.Credentials;
import io.registrykit.spi.auth.Principal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IdentityChainTest {
  private final List<String> asked = new ArrayList<>();
  private final Source slow = new Source("slow", "ann", "one");
  private final Source quick = new Source("quick", "bob", "two");
  private final IdentityChain chain = new IdentityChain(List.of(slow, quick));

  @Test
  void asksFirstWhereTheNameSignedInBefore() throws IOException {
    assertThat(signIn("bob", "two")).contains("quick");
    assertThat(asked).containsExactly("slow", "quick");
    asked.clear();

    assertThat(signIn("bob", "two")).contains("quick");

    assertThat(asked).containsExactly("quick");
  }

  @Test
  void asksEverybodyOnceAboutWhatIsWrong() throws IOException {
    signIn("bob", "two");
    asked.clear();

    assertThat(signIn("bob", "three")).isEmpty();
    assertThat(asked).containsExactly("quick", "slow");
  }

  @Test
  void findsANameThatHasMoved() throws IOException {
    signIn("bob", "two");
    slow.user = "bob";
    quick.user = "nobody";

    assertThat(signIn("bob", "one")).contains("slow");
    asked.clear();
    assertThat(signIn("bob", "one")).contains("slow");
    assertThat(asked).containsExactly("slow");
  }

  @Test
  void asksInOrderAboutTokens() throws IOException {
    signIn("bob", "two");
    asked.clear();

    assertThat(chain.signIn(new Credentials.Bearer("bob"))).isEmpty();
    assertThat(asked).containsExactly("slow", "quick");
  }

  private Optional<String> signIn(String user, String secret) throws IOException {
    return chain
        .signIn(new Credentials.Password(user, secret))
        .map(signIn -> signIn.stamp().substring(0, signIn.stamp().indexOf(':')));
  }

  private final class Source implements Identities {
    private final String name;
    private final String secret;
    private String user;

    Source(String name, String user, String secret) {
      this.name = name;
      this.user = user;
      this.secret = secret;
    }

    @Override
    public String source() {
      return name;
    }

    @Override
    public Optional<SignIn> signIn(Credentials credentials) {
      asked.add(name);
      return credentials.equals(new Credentials.Password(user, secret))
          ? Optional.of(new SignIn(new Principal(user), "stamp"))
          : Optional.empty();
    }

    @Override
    public boolean stands(Principal principal, String stamp) {
      return true;
    }
  }
}
