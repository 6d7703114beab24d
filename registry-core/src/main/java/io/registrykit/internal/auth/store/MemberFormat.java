package io.registrykit.internal.auth.store;

import io.registrykit.internal.auth.Bcrypt;
import io.registrykit.internal.auth.DirectoryMember;
import io.registrykit.internal.json.JsonReader;
import io.registrykit.internal.json.JsonWriter;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;

/** A member of a directory. Immutable. */
public final class MemberFormat implements EntryFormat<DirectoryMember> {

  /** The only form. */
  public MemberFormat() {}

  @Override
  public void write(JsonWriter json, DirectoryMember member) throws IOException {
    json.string("bcrypt", member.hash());
    json.bool("enabled", member.enabled());
    json.array(
        "groups",
        array -> {
          for (String group : new TreeSet<>(member.groups())) {
            array.string(group);
          }
        });
  }

  @Override
  public Reading<DirectoryMember> reading() {
    return new Reading<>() {
      private String hash = "";
      private boolean enabled;
      private Set<String> groups = Set.of();

      @Override
      public void field(JsonReader json, String name) {
        switch (name) {
          case "bcrypt" -> hash = json.string();
          case "enabled" -> enabled = json.bool();
          case "groups" -> groups = new TreeSet<>(json.strings());
          default -> throw json.invalid("there is no such field");
        }
      }

      @Override
      public DirectoryMember value(String key) {
        if (!Bcrypt.isHash(hash)) {
          throw new IllegalArgumentException("no hash");
        }
        return new DirectoryMember(hash, groups, enabled);
      }
    };
  }
}
