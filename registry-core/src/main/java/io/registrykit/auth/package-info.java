/** Ready-made answers to who a caller is and what a caller may do. */
@NullMarked
package io.registrykit.auth;

import org.jspecify.annotations.NullMarked;
