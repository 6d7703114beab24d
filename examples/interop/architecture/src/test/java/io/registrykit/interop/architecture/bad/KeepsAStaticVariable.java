package io.registrykit.interop.architecture.bad;

/** Has a variable for the whole process. */
public final class KeepsAStaticVariable {
  static int count;
}
