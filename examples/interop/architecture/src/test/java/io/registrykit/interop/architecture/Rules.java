package io.registrykit.interop.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.time.Clock;
import java.util.AbstractCollection;
import java.util.AbstractMap;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/** What holds for every module. Each rule is shown to fail by a class in {@code bad}. */
final class Rules {
  private static final List<Class<?>> MUTABLE =
      List.of(
          AbstractCollection.class,
          AbstractMap.class,
          ConcurrentMap.class,
          Queue.class,
          Number.class,
          ThreadLocal.class,
          StringBuilder.class,
          Executor.class);

  private Rules() {}

  /** Jackson's classes stay in one package, so that another parser could take their place. */
  static final ArchRule JACKSON_IN_ONE_PACKAGE =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.registrykit.internal.json")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.fasterxml..", "tools.jackson..");

  /** The server of the JDK is known in one module, so that another server could take its place. */
  static final ArchRule HTTP_SERVER_AT_THE_EDGE =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.registrykit.server.jdk..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.sun.net.httpserver..");

  /** Two registries in one process must not meet in a static field. */
  static final ArchRule NO_MUTABLE_STATIC =
      fields()
          .that()
          .areStatic()
          .should(
              new ArchCondition<JavaField>("be constant") {
                @Override
                public void check(JavaField field, ConditionEvents events) {
                  boolean constant =
                      field.getModifiers().contains(JavaModifier.FINAL)
                          && !isMutable(field.getRawType());
                  events.add(new SimpleConditionEvent(field, constant, field.getDescription()));
                }
              });

  /** Time comes from a clock that a builder was given. */
  static final ArchRule TIME_FROM_A_CLOCK =
      noClasses()
          .that()
          .haveSimpleNameNotEndingWith("Builder")
          .should()
          .callMethodWhere(
              new DescribedPredicate<JavaCall<?>>("it asks the system for the time") {
                @Override
                public boolean test(JavaCall<?> call) {
                  return asksForTheTime(call);
                }
              })
          .orShould()
          .callConstructor(Date.class);

  /** A package that uses another is not used by it, internals of an exported class apart. */
  static final ArchRule NO_CYCLES =
      SlicesRuleDefinition.slices()
          .assignedFrom(new PackageSlices())
          .should()
          .beFreeOfCycles()
          .ignoreDependency(
              DescribedPredicate.describe(
                  "exported", type -> !type.getPackageName().contains(".internal")),
              DescribedPredicate.describe(
                  "internal", type -> type.getPackageName().contains(".internal")));

  /** What a user compiles against has types of the JDK and ours, and no internals. */
  static ArchRule onlyOwnTypesInSignatures(Collection<String> exported) {
    return classes()
        .that(
            DescribedPredicate.describe(
                "are exported",
                type -> exported.contains(type.getPackageName()) && isVisible(type)))
        .should(new OwnTypesInSignature(exported));
  }

  /** The table of the modules. */
  static final ArchRule LAYERS =
      classes()
          .should(
              new ArchCondition<JavaClass>("use what the table of the modules has") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                  Layer.of(type).ifPresent(layer -> checkUses(layer, type, events));
                }
              });

  static void checkUses(Layer layer, JavaClass type, ConditionEvents events) {
    type.getDirectDependenciesFromSelf().stream()
        .filter(dependency -> !layer.mayUse(dependency.getTargetClass()))
        .forEach(
            dependency ->
                events.add(
                    SimpleConditionEvent.violated(
                        type, layer.folder() + ": " + dependency.getDescription())));
  }

  static boolean isVisible(JavaClass type) {
    boolean open =
        type.getModifiers().contains(JavaModifier.PUBLIC)
            || type.getModifiers().contains(JavaModifier.PROTECTED);
    return open && type.getEnclosingClass().map(Rules::isVisible).orElse(true);
  }

  private static boolean isMutable(JavaClass type) {
    boolean number = type.isAssignableTo(Integer.class) || type.isAssignableTo(Long.class);
    boolean mutable = MUTABLE.stream().anyMatch(type::isAssignableTo);
    return (mutable && !number)
        || type.getPackageName().equals(AtomicInteger.class.getPackageName());
  }

  private static boolean asksForTheTime(JavaCall<?> call) {
    String owner = call.getTargetOwner().getName();
    String name = call.getName();
    boolean takesClock =
        call.getTarget().getRawParameterTypes().stream()
            .anyMatch(type -> type.isEquivalentTo(Clock.class));
    boolean now = owner.startsWith("java.time.") && name.equals("now") && !takesClock;
    return now || (owner.equals("java.lang.System") && name.equals("currentTimeMillis"));
  }
}
