package io.registrykit.internal.auth.store;

import io.registrykit.auth.RepositoryPattern;
import io.registrykit.auth.ScopeMap;
import io.registrykit.internal.json.JsonReader;
import io.registrykit.internal.json.JsonWriter;
import io.registrykit.spi.auth.Action;
import java.io.IOException;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A scope map: actions by pattern. Immutable. */
public final class ScopeMapFormat implements EntryFormat<ScopeMap> {

  /** The only form. */
  public ScopeMapFormat() {}

  @Override
  public void write(JsonWriter json, ScopeMap map) throws IOException {
    Map<String, Set<Action>> sorted = new TreeMap<>();
    map.rules().forEach((pattern, actions) -> sorted.put(pattern.value(), actions));
    json.object(
        "rules",
        fields -> {
          for (Map.Entry<String, Set<Action>> rule : sorted.entrySet()) {
            fields.array(
                rule.getKey(),
                array -> {
                  for (Action action : Action.values()) {
                    if (rule.getValue().contains(action)) {
                      array.string(action.scopeName());
                    }
                  }
                });
          }
        });
  }

  @Override
  public Reading<ScopeMap> reading() {
    return new Reading<>() {
      private final Map<RepositoryPattern, Set<Action>> rules = new HashMap<>();

      @Override
      public void field(JsonReader json, String name) {
        if (!name.equals("rules")) {
          throw json.invalid("there is no such field");
        }
        json.object(pattern -> rules.put(new RepositoryPattern(pattern), actions(json)));
      }

      @Override
      public ScopeMap value(String key) {
        return ScopeMap.of(key, rules);
      }
    };
  }

  private static Set<Action> actions(JsonReader json) {
    Set<Action> actions = EnumSet.noneOf(Action.class);
    for (String name : json.strings()) {
      actions.add(
          Action.ofScopeName(name).orElseThrow(() -> json.invalid("there is no such action")));
    }
    return actions;
  }
}
