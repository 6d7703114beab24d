/**
 * One request and its reply: connections, deadlines, repeats, redirects. The only package that
 * knows the HTTP library.
 */
@NullMarked
package io.registrykit.client.internal.http;

import org.jspecify.annotations.NullMarked;
