package io.registrykit.interop.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The modules, and what each may use of ours and of others. Nothing else, except java.base. */
enum Layer {
  SPI("registry-spi", List.of(), List.of()),
  TCK(
      "registry-spi/tck",
      List.of("registry-spi"),
      List.of("org.junit.jupiter.api", "java.net.http")),
  MEMORY(
      "registry-store-memory",
      List.of("registry-spi"),
      List.of("com.google.common", "com.github.benmanes.caffeine")),
  FILES(
      "registry-store-fs",
      List.of("registry-spi"),
      List.of("com.google.common", "com.github.benmanes.caffeine")),
  CORE(
      "registry-core",
      List.of("registry-spi"),
      List.of(
          "com.fasterxml.jackson.core",
          "com.google.common",
          "com.github.benmanes.caffeine",
          "com.nimbusds",
          "org.springframework.security.crypto.bcrypt")),
  SERVER(
      "registry-server-jdk",
      List.of("registry-spi", "registry-core"),
      List.of("com.sun.net.httpserver", "java.net.http", "javax.net.ssl")),
  CLIENT(
      "registry-client",
      List.of("registry-spi", "registry-core"),
      List.of(
          "org.apache.hc",
          "org.apache.commons.compress",
          "com.jcraft.jzlib",
          "javax.net.ssl",
          "com.google.common",
          "com.github.benmanes.caffeine"));

  private static final Pattern OURS = Pattern.compile("/(registry-[a-z-]+(/tck)?)/target/");

  private final String folder;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<String> ours;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<String> others;

  Layer(String folder, List<String> ours, List<String> others) {
    this.folder = folder;
    this.ours = ours;
    this.others = others;
  }

  String folder() {
    return folder;
  }

  /** The module that a class was compiled in. */
  static Optional<Layer> of(JavaClass type) {
    return type.getSource()
        .map(source -> OURS.matcher(source.getUri().toString()))
        .filter(matcher -> matcher.find())
        .flatMap(
            matcher ->
                Arrays.stream(values())
                    .filter(layer -> layer.folder.equals(matcher.group(1)))
                    .findFirst());
  }

  boolean mayUse(JavaClass other) {
    JavaClass type = other.getBaseComponentType();
    Optional<Layer> layer = of(type);
    if (layer.isPresent()) {
      return layer.get() == this || ours.contains(layer.get().folder);
    }
    return type.isPrimitive() || mayUse(type.getPackageName());
  }

  /** Packages of others: part of java.base, for nullness, or named in the list. */
  private boolean mayUse(String name) {
    if (this == CORE && isWithin(name, "java.nio.file")) {
      return false;
    }
    List<String> all = new ArrayList<>(others);
    all.add("org.jspecify.annotations");
    return isOfBase(name) || all.stream().anyMatch(prefix -> isWithin(name, prefix));
  }

  static boolean isOfBase(String name) {
    return isWithin(name, "java.lang")
        || isWithin(name, "java.io")
        || isWithin(name, "java.math")
        || (isWithin(name, "java.net") && !isWithin(name, "java.net.http"))
        || isWithin(name, "java.nio")
        || isWithin(name, "java.security")
        || isWithin(name, "java.text")
        || isWithin(name, "java.time")
        || (isWithin(name, "java.util") && !isWithin(name, "java.util.logging"))
        || isWithin(name, "javax.crypto")
        || isWithin(name, "javax.net")
        || isWithin(name, "javax.security");
  }

  private static boolean isWithin(String name, String prefix) {
    return name.equals(prefix) || name.startsWith(prefix + ".");
  }
}
