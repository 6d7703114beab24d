package io.registrykit.internal.auth;

import io.registrykit.auth.AccountsDocument;
import io.registrykit.auth.AccountsDocument.RoleOn;
import io.registrykit.auth.RepositoryPattern;
import io.registrykit.auth.Role;
import io.registrykit.auth.ScopeMap;
import io.registrykit.internal.json.JsonFormatException;
import io.registrykit.internal.json.JsonReader;
import io.registrykit.model.Bytes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads an {@link AccountsDocument}. For one document. */
public final class AccountsReader {
  private static final JsonReader.Source JSON = new JsonReader.Source(16, 8 * 1024 * 1024);

  private final Map<String, String> hashes = new LinkedHashMap<>();
  private final Map<String, List<RoleOn>> roles = new LinkedHashMap<>();
  private final Map<String, String> scopeMapOf = new LinkedHashMap<>();
  private final List<ScopeMap> scopeMaps = new ArrayList<>();
  private final List<RepositoryPattern> anonymousPull = new ArrayList<>();

  private AccountsReader() {}

  /**
   * Reads a document.
   *
   * @param json the document
   * @return the accounts
   * @throws IllegalArgumentException if it is malformed
   */
  public static AccountsDocument read(String json) {
    AccountsReader reader = new AccountsReader();
    try {
      JSON.readObject(Bytes.utf8(json), reader::field);
    } catch (JsonFormatException e) {
      throw new IllegalArgumentException("accounts: " + e.pointer() + ": " + e.getMessage(), e);
    }
    reader.checkMaps();
    return new AccountsDocument(
        reader.hashes, reader.roles, reader.scopeMapOf, reader.scopeMaps, reader.anonymousPull);
  }

  private void checkMaps() {
    List<String> known = new ArrayList<>();
    ScopeMap.predefined().forEach(map -> known.add(map.name()));
    scopeMaps.forEach(map -> known.add(map.name()));
    for (Map.Entry<String, String> bound : scopeMapOf.entrySet()) {
      if (!known.contains(bound.getValue())) {
        throw new IllegalArgumentException(
            "accounts: there is no scope map called " + bound.getValue());
      }
    }
  }

  private void field(JsonReader json, String name) {
    switch (name) {
      case "scopeMaps" -> json.array(() -> scopeMap(json));
      case "users" -> json.array(() -> user(json));
      case "anonymousPull" ->
          json.strings().forEach(pattern -> anonymousPull.add(pattern(json, pattern)));
      default -> throw unknown(json, name);
    }
  }

  private static JsonFormatException unknown(JsonReader json, String name) {
    return json.invalid("there is no field called " + name);
  }

  private void scopeMap(JsonReader json) {
    Map<String, String> name = new LinkedHashMap<>();
    List<String> actions = new ArrayList<>();
    json.object(
        field -> {
          switch (field) {
            case "name" -> name.put(field, json.string());
            case "actions" -> actions.addAll(json.strings());
            default -> throw unknown(json, field);
          }
        });
    try {
      scopeMaps.add(ScopeMap.parse(required(json, name, "name"), actions));
    } catch (IllegalArgumentException e) {
      throw json.invalid(String.valueOf(e.getMessage()));
    }
  }

  private void user(JsonReader json) {
    Map<String, String> texts = new LinkedHashMap<>();
    List<RoleOn> held = new ArrayList<>();
    json.object(
        field -> {
          switch (field) {
            case "name", "hash", "scopeMap" -> texts.put(field, json.string());
            case "roles" -> json.array(() -> held.add(role(json)));
            default -> throw unknown(json, field);
          }
        });
    String name = required(json, texts, "name");
    String hash = required(json, texts, "hash");
    if (!name.matches("[^:\\p{Cntrl}\\s#][^:\\p{Cntrl}]*")) {
      throw json.invalid("a name has no colon and no control characters");
    }
    if (!Bcrypt.isHash(hash)) {
      throw json.invalid("the hash is not one of bcrypt");
    }
    if (hashes.put(name, hash) != null) {
      throw json.invalid("there are two users called " + name);
    }
    roles.put(name, List.copyOf(held));
    @Nullable String map = texts.get("scopeMap");
    if (map != null) {
      scopeMapOf.put(name, map);
    }
  }

  private static RoleOn role(JsonReader json) {
    Map<String, String> texts = new LinkedHashMap<>();
    json.object(
        field -> {
          if (!field.equals("role") && !field.equals("repositories")) {
            throw unknown(json, field);
          }
          texts.put(field, json.string());
        });
    Role role =
        Role.ofDisplayName(required(json, texts, "role"))
            .orElseThrow(() -> json.invalid("there is no such role"));
    return new RoleOn(role, pattern(json, texts.getOrDefault("repositories", "*")));
  }

  private static RepositoryPattern pattern(JsonReader json, String text) {
    try {
      return new RepositoryPattern(text);
    } catch (IllegalArgumentException e) {
      throw json.invalid(String.valueOf(e.getMessage()));
    }
  }

  private static String required(JsonReader json, Map<String, String> fields, String name) {
    String value = fields.get(name);
    if (value == null) {
      throw json.invalid(name + " is missing");
    }
    return value;
  }
}
