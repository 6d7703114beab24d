package io.registrykit.interop.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import io.registrykit.EmbeddedRegistry;
import io.registrykit.client.RemoteRegistry;
import io.registrykit.model.Digest;
import io.registrykit.server.jdk.RegistryServer;
import io.registrykit.spi.tck.RegistryStoreContract;
import io.registrykit.store.fs.FileStore;
import io.registrykit.store.memory.MemoryStore;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The modules as they are built keep to their layers. */
@DisplayName("Architecture")
class ArchitectureTest {
  /** One class of each module, to find where it was built. */
  private static final List<Class<?>> MODULES =
      List.of(
          Digest.class,
          RegistryStoreContract.class,
          EmbeddedRegistry.class,
          MemoryStore.class,
          FileStore.class,
          RegistryServer.class,
          RemoteRegistry.class);

  private static final JavaClasses ALL =
      new ClassFileImporter()
          .importLocations(MODULES.stream().map(type -> Location.of(built(type))).toList());

  @Test
  void everyModuleIsLookedAt() {
    assertThat(ALL.stream().flatMap(type -> Layer.of(type).stream()).distinct())
        .containsExactlyInAnyOrder(Layer.values());
  }

  @Test
  void modulesUseWhatTheirTableHas() {
    Rules.LAYERS.check(ALL);
  }

  @Test
  void signaturesShowTypesOfTheJdkAndOurs() {
    Rules.onlyOwnTypesInSignatures(exported()).check(ALL);
  }

  @Test
  void jacksonStaysInOnePackage() {
    Rules.JACKSON_IN_ONE_PACKAGE.check(ALL);
  }

  @Test
  void theHttpServerStaysAtTheEdge() {
    Rules.HTTP_SERVER_AT_THE_EDGE.check(ALL);
  }

  @Test
  void nothingMutableIsStatic() {
    Rules.NO_MUTABLE_STATIC.check(ALL);
  }

  @Test
  void timeComesFromAClock() {
    Rules.TIME_FROM_A_CLOCK.check(ALL);
  }

  @Test
  void packagesHaveNoCycles() {
    Rules.NO_CYCLES.check(ALL);
  }

  private static Set<String> exported() {
    Path[] built = MODULES.stream().map(type -> Path.of(built(type))).toArray(Path[]::new);
    return ModuleFinder.of(built).findAll().stream()
        .flatMap(found -> exports(found.descriptor()))
        .collect(Collectors.toSet());
  }

  private static Stream<String> exports(ModuleDescriptor module) {
    return module.exports().stream()
        .filter(export -> !export.isQualified())
        .map(ModuleDescriptor.Exports::source);
  }

  private static URI built(Class<?> type) {
    try {
      return type.getProtectionDomain().getCodeSource().getLocation().toURI();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
