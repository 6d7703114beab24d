/** What the tests with foreign programs share: a registry to talk to, and ways to run a program. */
@NullMarked
package io.registrykit.interop.harness;

import org.jspecify.annotations.NullMarked;
