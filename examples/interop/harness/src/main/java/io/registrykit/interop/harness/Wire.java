package io.registrykit.interop.harness;

/** How a client reaches the registry. */
public enum Wire {
  /** Plain HTTP. */
  HTTP,
  /** TLS with a certificate that signed itself. */
  TLS
}
