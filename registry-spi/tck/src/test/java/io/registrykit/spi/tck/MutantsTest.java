package io.registrykit.spi.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectNestedMethod;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Every law can fail: for each there is a store that breaks it, and the contract says so. */
class MutantsTest {
  private static final Pattern ID =
      Pattern.compile("nested-class:(\\w+).*\\[(?:method|test-template):(\\w+)\\(");

  /** The test methods of the contract, as {@code Group.law}. */
  private static final Map<String, DiscoverySelector> LAWS = laws();

  private static Map<String, DiscoverySelector> laws() {
    Map<String, DiscoverySelector> laws = new TreeMap<>();
    for (Class<?> group : RegistryStoreContract.class.getDeclaredClasses()) {
      if (group.isAnnotationPresent(Nested.class)) {
        for (Method method : group.getSuperclass().getDeclaredMethods()) {
          if (method.isAnnotationPresent(Test.class)
              || method.isAnnotationPresent(RepeatedTest.class)) {
            laws.put(
                group.getSimpleName() + "." + method.getName(),
                selectNestedMethod(List.of(MutantContract.class), group, method));
          }
        }
      }
    }
    return laws;
  }

  static Stream<Mutant> mutants() {
    return Mutants.ALL.stream();
  }

  @ParameterizedTest
  @MethodSource("mutants")
  void isCaught(Mutant mutant) {
    assertThat(LAWS.keySet()).containsAll(mutant.laws());
    assertThat(broken(mutant)).containsAll(mutant.laws());
  }

  @Test
  void everyLawIsBrokenBySomeMutant() {
    Set<String> unbroken = new TreeSet<>(LAWS.keySet());
    mutants().forEach(mutant -> unbroken.removeAll(mutant.laws()));
    assertThat(unbroken).isEmpty();
  }

  /** Runs the laws that a mutant should break, and tells which it does. */
  private static Set<String> broken(Mutant mutant) {
    Set<String> broken = new TreeSet<>();
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(mutant.laws().stream().map(LAWS::get).toList())
            .configurationParameter(MutantContract.PARAMETER, mutant.name())
            .build();
    Launcher launcher =
        LauncherFactory.create(
            LauncherConfig.builder()
                .enableTestExecutionListenerAutoRegistration(false)
                .enableLauncherSessionListenerAutoRegistration(false)
                .build());
    launcher.execute(
        request,
        new TestExecutionListener() {
          @Override
          public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            if (test.isTest() && result.getStatus() == TestExecutionResult.Status.FAILED) {
              broken.add(law(test));
            }
          }
        });
    return broken;
  }

  private static String law(TestIdentifier test) {
    Matcher id = ID.matcher(test.getUniqueId());
    assertThat(id.find()).as(test.getUniqueId()).isTrue();
    return id.group(1) + "." + id.group(2);
  }
}
