package io.registrykit.internal.auth.store;

import io.registrykit.internal.auth.PasswordPair;
import io.registrykit.internal.auth.StoredPassword;
import io.registrykit.internal.json.JsonReader;
import io.registrykit.internal.json.JsonWriter;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Two passwords, of which only hashes are written. Immutable. */
public final class PasswordsFormat implements EntryFormat<PasswordPair> {

  /** The only form. */
  public PasswordsFormat() {}

  @Override
  public void write(JsonWriter json, PasswordPair pair) throws IOException {
    json.bool("enabled", pair.enabled());
    write(json, "password1", pair.first());
    write(json, "password2", pair.second());
  }

  private static void write(JsonWriter json, String name, @Nullable StoredPassword password)
      throws IOException {
    if (password == null) {
      return;
    }
    json.object(
        name,
        fields -> {
          fields.string("sha256", password.hash());
          Instant expiresAt = password.expiresAt();
          if (expiresAt != null) {
            fields.string("expiresAt", expiresAt.toString());
          }
        });
  }

  @Override
  public Reading<PasswordPair> reading() {
    return new Reading<>() {
      private @Nullable StoredPassword first;
      private @Nullable StoredPassword second;
      private boolean enabled;

      @Override
      public void field(JsonReader json, String name) {
        switch (name) {
          case "enabled" -> enabled = json.bool();
          case "password1" -> first = password(json);
          case "password2" -> second = password(json);
          default -> throw json.invalid("there is no such field");
        }
      }

      @Override
      public PasswordPair value(String key) {
        return new PasswordPair(first, second, enabled);
      }
    };
  }

  private static StoredPassword password(JsonReader json) {
    Map<String, String> fields = new HashMap<>(json.stringMap());
    String expiresAt = fields.remove("expiresAt");
    String hash = fields.remove("sha256");
    if (hash == null || !fields.isEmpty()) {
      throw json.invalid("a password has a hash, and may have an end");
    }
    try {
      return StoredPassword.ofHash(hash, expiresAt == null ? null : Instant.parse(expiresAt));
    } catch (IllegalArgumentException | java.time.DateTimeException e) {
      throw json.invalid("a hash or an instant is wrong");
    }
  }
}
