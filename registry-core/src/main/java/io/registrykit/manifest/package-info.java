/**
 * What a manifest says, read from its bytes within limits. A manifest is kept and served as the
 * bytes that arrived; these types are a view for those who need to know what it names.
 */
@NullMarked
package io.registrykit.manifest;

import org.jspecify.annotations.NullMarked;
