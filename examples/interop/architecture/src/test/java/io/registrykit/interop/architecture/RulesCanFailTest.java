package io.registrykit.interop.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import io.registrykit.interop.architecture.bad.AsksForTheTime;
import io.registrykit.interop.architecture.bad.KeepsAStaticCache;
import io.registrykit.interop.architecture.bad.KeepsAStaticVariable;
import io.registrykit.interop.architecture.bad.ServesByItself;
import io.registrykit.interop.architecture.bad.ShowsJackson;
import io.registrykit.interop.architecture.bad.cycle.one.UsesTwo;
import io.registrykit.interop.architecture.bad.cycle.two.UsesOne;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each rule finds what it is there to find. */
@DisplayName("Rules of the architecture can fail")
class RulesCanFailTest {

  @Test
  void jackson() {
    assertFails(Rules.JACKSON_IN_ONE_PACKAGE, ShowsJackson.class);
  }

  @Test
  void httpServer() {
    assertFails(Rules.HTTP_SERVER_AT_THE_EDGE, ServesByItself.class);
  }

  @Test
  void mutableStatic() {
    assertFails(Rules.NO_MUTABLE_STATIC, KeepsAStaticCache.class);
    assertFails(Rules.NO_MUTABLE_STATIC, KeepsAStaticVariable.class);
  }

  @Test
  void time() {
    assertFails(Rules.TIME_FROM_A_CLOCK, AsksForTheTime.class);
  }

  @Test
  void signature() {
    String exported = ShowsJackson.class.getPackageName();
    assertFails(Rules.onlyOwnTypesInSignatures(Set.of(exported)), ShowsJackson.class);
  }

  @Test
  void cycle() {
    assertFails(Rules.NO_CYCLES, UsesOne.class, UsesTwo.class);
  }

  @ParameterizedTest
  @EnumSource(Layer.class)
  void layers(Layer layer) {
    Class<?> bad = layer == Layer.SERVER ? ShowsJackson.class : ServesByItself.class;
    JavaClass type = new ClassFileImporter().importClass(bad);
    ConditionEvents events = ConditionEvents.Factory.create();
    Rules.checkUses(layer, type, events);
    assertThat(events.containViolation()).isTrue();
  }

  private static void assertFails(ArchRule rule, Class<?>... bad) {
    assertThat(rule.evaluate(new ClassFileImporter().importClasses(bad)).hasViolation()).isTrue();
  }
}
