package io.registrykit.interop.azure;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.containers.containerregistry.ContainerRegistryAsyncClient;
import com.azure.containers.containerregistry.ContainerRegistryClient;
import com.azure.containers.containerregistry.ContainerRegistryContentAsyncClient;
import com.azure.containers.containerregistry.ContainerRegistryContentClient;
import com.azure.containers.containerregistry.ContainerRepository;
import com.azure.containers.containerregistry.ContainerRepositoryAsync;
import com.azure.containers.containerregistry.RegistryArtifact;
import com.azure.containers.containerregistry.RegistryArtifactAsync;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every public method of the clients of the SDK is called by the contracts, in every form. */
class WholeApiTest {

  @Test
  void isCalledBySyncContract() {
    assertThat(calls(SyncContract.class))
        .containsAll(
            publicMethods(
                ContainerRegistryClient.class,
                ContainerRegistryContentClient.class,
                ContainerRepository.class,
                RegistryArtifact.class));
  }

  @Test
  void isCalledByAsyncContract() {
    assertThat(calls(AsyncContract.class))
        .containsAll(
            publicMethods(
                ContainerRegistryAsyncClient.class,
                ContainerRegistryContentAsyncClient.class,
                ContainerRepositoryAsync.class,
                RegistryArtifactAsync.class));
  }

  /** Such as {@code com.azure…RegistryArtifact.deleteTag(java.lang.String)}. */
  private static Set<String> publicMethods(Class<?>... clients) {
    return Arrays.stream(clients)
        .flatMap(client -> Arrays.stream(client.getDeclaredMethods()))
        .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
        .map(WholeApiTest::fullName)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String fullName(Method method) {
    return Arrays.stream(method.getParameterTypes())
        .map(Class::getName)
        .collect(
            Collectors.joining(
                ", ", method.getDeclaringClass().getName() + "." + method.getName() + "(", ")"));
  }

  /** What the code of a contract calls, in lambdas and as method references too. */
  private static Set<String> calls(Class<?> contract) {
    JavaClass code = new ClassFileImporter().importClass(contract);
    return code.getAccessesFromSelf().stream()
        .map(JavaAccess::getTarget)
        .map(AccessTarget::getFullName)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
