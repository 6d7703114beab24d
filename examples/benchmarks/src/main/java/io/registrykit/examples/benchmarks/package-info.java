/**
 * JMH benchmarks of the hot paths, one class a path. Run them with {@code java -jar
 * examples/benchmarks/target/benchmarks.jar}.
 */
@NullMarked
package io.registrykit.examples.benchmarks;

import org.jspecify.annotations.NullMarked;
