/** What a registry acknowledged, and whether it kept it. */
@NullMarked
package io.registrykit.examples.torture.oracle;

import org.jspecify.annotations.NullMarked;
