/** One large upload that is interrupted again and again. */
@NullMarked
package io.registrykit.examples.torture.resume;

import org.jspecify.annotations.NullMarked;
