package io.registrykit.interop.architecture.bad.cycle.one;

import io.registrykit.interop.architecture.bad.cycle.two.UsesOne;

/** One half of a cycle. */
public record UsesTwo(UsesOne other) {}
