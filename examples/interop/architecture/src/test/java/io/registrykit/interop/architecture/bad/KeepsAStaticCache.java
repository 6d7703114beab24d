package io.registrykit.interop.architecture.bad;

import java.util.concurrent.ConcurrentHashMap;

/** Shares what it finds with every registry of the process. */
public final class KeepsAStaticCache {
  static final ConcurrentHashMap<String, String> FOUND = new ConcurrentHashMap<>();
}
