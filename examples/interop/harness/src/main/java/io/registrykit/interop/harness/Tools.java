package io.registrykit.interop.harness;

import static org.assertj.core.api.Assertions.fail;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/**
 * Finds programs: in the folder that {@code .ci/install} fills, then on the path. A program that is
 * not here skips the test, unless {@code REGISTRYKIT_REQUIRE_CLIENTS} is {@code true}.
 */
public final class Tools {
  private static final List<String> SYSTEM = List.of("/usr/bin", "/usr/sbin", "/bin", "/sbin");

  private Tools() {}

  /**
   * The folder that {@code .ci/install} fills.
   *
   * @return its path, whether it exists or not
   */
  public static Path folder() {
    String told = System.getenv("REGISTRYKIT_TOOLS");
    return Path.of(told == null ? "/opt/registrykit-tools" : told);
  }

  /**
   * Whether a program that is not here fails the test instead of skipping it.
   *
   * @return true in continuous integration
   */
  public static boolean required() {
    return Boolean.parseBoolean(System.getenv("REGISTRYKIT_REQUIRE_CLIENTS"));
  }

  /**
   * Finds a program, or ends the test.
   *
   * @param name the name of the program
   * @return its path
   */
  public static String require(String name) {
    return require(name, searchPath());
  }

  /**
   * Finds a program of the system, whatever comes first on the path.
   *
   * @param name the name of the program
   * @return its path
   */
  public static String requireSystem(String name) {
    return require(name, SYSTEM.stream().map(Path::of).toList());
  }

  /**
   * Finds a program in one folder, or ends the test.
   *
   * @param name the name of the program
   * @param folders where to look, in this order
   * @return its path
   */
  public static String require(String name, List<Path> folders) {
    Optional<Path> found =
        folders.stream()
            .map(folder -> folder.resolve(name))
            .filter(Files::isExecutable)
            .findFirst();
    if (found.isEmpty()) {
      String message = name + " is not on this machine; .ci/install brings it";
      if (required()) {
        fail(message);
      }
      Assumptions.abort(message);
    }
    return found.orElseThrow().toString();
  }

  private static List<Path> searchPath() {
    List<Path> folders = new ArrayList<>();
    folders.add(folder().resolve("bin"));
    String path = System.getenv("PATH");
    if (path != null) {
      for (String entry : path.split(File.pathSeparator, -1)) {
        folders.add(Path.of(entry));
      }
    }
    SYSTEM.forEach(entry -> folders.add(Path.of(entry)));
    return folders;
  }
}
