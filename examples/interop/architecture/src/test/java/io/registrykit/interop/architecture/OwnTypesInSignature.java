package io.registrykit.interop.architecture;

import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Stream;

/** Looks at all that a user of a class can see: supertypes, members, generics and annotations. */
final class OwnTypesInSignature extends ArchCondition<JavaClass> {
  private final Collection<String> exported;

  OwnTypesInSignature(Collection<String> exported) {
    super("show types of the JDK and exported ones alone");
    this.exported = Set.copyOf(exported);
  }

  @Override
  public void check(JavaClass type, ConditionEvents events) {
    Stream<JavaType> supertypes =
        Stream.concat(type.getSuperclass().stream(), type.getInterfaces().stream());
    report(type, type.getDescription(), supertypes.flatMap(OwnTypesInSignature::raw), events);
    report(type, type.getDescription(), annotations(type.getAnnotations()), events);
    type.getMembers().stream()
        .filter(OwnTypesInSignature::isVisible)
        .forEach(member -> checkMember(type, member, events));
  }

  private void checkMember(JavaClass type, JavaMember member, ConditionEvents events) {
    Stream<JavaClass> shown = member.getAllInvolvedRawTypes().stream();
    if (member instanceof JavaCodeUnit unit) {
      shown = Stream.concat(shown, unit.getExceptionTypes().stream());
    }
    report(type, member.getDescription(), shown, events);
    report(type, member.getDescription(), annotations(member.getAnnotations()), events);
  }

  private void report(
      JavaClass type, String where, Stream<JavaClass> shown, ConditionEvents events) {
    shown
        .map(JavaClass::getBaseComponentType)
        .filter(other -> !isOwn(type, other))
        .distinct()
        .forEach(
            other ->
                events.add(
                    SimpleConditionEvent.violated(type, where + " shows " + other.getName())));
  }

  private boolean isOwn(JavaClass type, JavaClass other) {
    String name = other.getPackageName();
    boolean contractKit = type.getPackageName().startsWith("io.registrykit.spi.tck");
    return other.isPrimitive()
        || name.startsWith("java.")
        || name.startsWith("javax.")
        || exported.contains(name)
        || name.equals("org.jspecify.annotations")
        || (contractKit && name.startsWith("org.junit.jupiter.api"));
  }

  private static Stream<JavaClass> raw(JavaType type) {
    return type.getAllInvolvedRawTypes().stream();
  }

  private static Stream<JavaClass> annotations(Set<? extends JavaAnnotation<?>> annotations) {
    return annotations.stream().map(JavaAnnotation::getRawType);
  }

  private static boolean isVisible(JavaMember member) {
    return !member.getModifiers().contains(JavaModifier.SYNTHETIC)
        && (member.getModifiers().contains(JavaModifier.PUBLIC)
            || member.getModifiers().contains(JavaModifier.PROTECTED));
  }
}
