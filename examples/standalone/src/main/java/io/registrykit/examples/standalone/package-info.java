/** A registry on the command line: {@code serve}, and what looks after a store. */
@NullMarked
package io.registrykit.examples.standalone;

import org.jspecify.annotations.NullMarked;
