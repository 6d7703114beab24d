/** Servers that misbehave on purpose. */
package io.registrykit.client.testing;
