package io.registrykit.interop.architecture.bad.cycle.two;

import io.registrykit.interop.architecture.bad.cycle.one.UsesTwo;

/** The other half of a cycle. */
public record UsesOne(UsesTwo other) {}
