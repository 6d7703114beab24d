package io.registrykit.internal.auth.store;

import io.registrykit.auth.AccountsDocument.RoleOn;
import io.registrykit.auth.RepositoryPattern;
import io.registrykit.auth.Role;
import io.registrykit.internal.auth.RoleGrants;
import io.registrykit.internal.json.JsonReader;
import io.registrykit.internal.json.JsonWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Roles and where they hold. Immutable. */
public final class RolesFormat implements EntryFormat<RoleGrants> {

  /** The only form. */
  public RolesFormat() {}

  @Override
  public void write(JsonWriter json, RoleGrants value) throws IOException {
    json.array(
        "roles",
        array -> {
          for (RoleOn held : value.roles()) {
            array.object(
                fields -> {
                  fields.string("role", held.role().displayName());
                  fields.string("repositories", held.repositories().value());
                });
          }
        });
  }

  @Override
  public Reading<RoleGrants> reading() {
    return new Reading<>() {
      private final List<RoleOn> roles = new ArrayList<>();

      @Override
      public void field(JsonReader json, String name) {
        if (!name.equals("roles")) {
          throw json.invalid("there is no such field");
        }
        json.array(() -> roles.add(role(json)));
      }

      @Override
      public RoleGrants value(String key) {
        return RoleGrants.of(roles);
      }
    };
  }

  private static RoleOn role(JsonReader json) {
    Map<String, String> fields = new HashMap<>(json.stringMap());
    Role role =
        Role.ofDisplayName(fields.getOrDefault("role", ""))
            .orElseThrow(() -> json.invalid("there is no such role"));
    try {
      return new RoleOn(role, new RepositoryPattern(fields.getOrDefault("repositories", "")));
    } catch (IllegalArgumentException e) {
      throw json.invalid("the pattern is wrong");
    }
  }
}
