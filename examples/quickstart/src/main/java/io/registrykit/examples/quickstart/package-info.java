/** A tour of a registry in one program: start, push, list, pull, delete. */
@NullMarked
package io.registrykit.examples.quickstart;

import org.jspecify.annotations.NullMarked;
