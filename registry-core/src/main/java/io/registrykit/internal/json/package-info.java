/** JSON in and out: the only package that knows which library reads and writes it. */
@NullMarked
package io.registrykit.internal.json;

import org.jspecify.annotations.NullMarked;
