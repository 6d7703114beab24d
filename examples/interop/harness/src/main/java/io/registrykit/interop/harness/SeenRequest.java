package io.registrykit.interop.harness;

/**
 * A request that the registry has answered.
 *
 * @param method the method
 * @param target the raw path
 * @param mount the parameter {@code mount}, or nothing
 * @param status the status of the response
 */
public record SeenRequest(String method, String target, String mount, int status) {}
