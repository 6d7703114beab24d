package io.registrykit.internal.engine;

import io.registrykit.EmbeddedRegistry;
import io.registrykit.RegistryPolicy;
import io.registrykit.api.ApiRequest;
import io.registrykit.api.Headers;
import io.registrykit.api.RegistryApi;
import io.registrykit.api.RequestHandler;
import io.registrykit.auth.OpenAccess;
import io.registrykit.model.Bytes;
import io.registrykit.model.Digest;
import io.registrykit.model.DigestAlgorithm;
import io.registrykit.model.RepositoryName;
import io.registrykit.store.memory.MemoryStore;
import java.io.InputStream;
import java.util.Arrays;

/** A registry in memory, and the requests of a client in a few words. */
record TestApi(EmbeddedRegistry registry, RequestHandler handler) {
  static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
  static final String INDEX = "application/vnd.oci.image.index.v1+json";
  static final Bytes EMPTY_JSON = Bytes.utf8("{}");

  /** A registry that is open to everybody. */
  static TestApi open() {
    return open(RegistryPolicy.strict());
  }

  static TestApi open(RegistryPolicy policy) {
    EmbeddedRegistry registry =
        EmbeddedRegistry.builder().store(MemoryStore.create()).policy(policy).build();
    return new TestApi(
        registry, RegistryApi.builder(registry).authorizer(OpenAccess.readWrite()).build());
  }

  Answer send(String method, String target, Headers headers, InputStream body, long length) {
    ApiRequest request = ApiRequest.of(method, target).withHeaders(headers).withBody(body, length);
    return Answer.of(method, handler.handle(request));
  }

  Answer send(String method, String target, Bytes body, String... headers) {
    return send(method, target, Headers.of(headers), body.asInputStream(), body.length());
  }

  /** Sends a body without saying how long it is. */
  Answer stream(String method, String target, Bytes body, String... headers) {
    return send(
        method, target, Headers.of(headers), body.asInputStream(), ApiRequest.UNKNOWN_LENGTH);
  }

  Answer get(String target, String... headers) {
    return send("GET", target, Bytes.empty(), headers);
  }

  Answer head(String target, String... headers) {
    return send("HEAD", target, Bytes.empty(), headers);
  }

  Answer delete(String target) {
    return send("DELETE", target, Bytes.empty());
  }

  Answer post(String target) {
    return send("POST", target, Bytes.empty());
  }

  /** Starts an upload and returns its place. */
  String startUpload(String repository) {
    return post("/v2/" + repository + "/blobs/uploads/").is(202).location();
  }

  Digest pushBlob(String repository, Bytes content) {
    Digest digest = sha256(content);
    send("POST", "/v2/" + repository + "/blobs/uploads/?digest=" + digest, content).is(201);
    return digest;
  }

  /** Pushes an artifact without content, different for each note, and returns its digest. */
  Digest pushManifest(String repository, String reference, String note) {
    Bytes manifest = manifest(repository, note);
    putManifest(repository, reference, manifest).is(201);
    return sha256(manifest);
  }

  Answer putManifest(String repository, String reference, Bytes manifest) {
    return send(
        "PUT", "/v2/" + repository + "/manifests/" + reference, manifest, "Content-Type", MANIFEST);
  }

  /** An artifact whose blobs are in the repository. */
  Bytes manifest(String repository, String note) {
    return manifest(repository, note, "");
  }

  /** The same with further fields, such as those of {@link #refersTo}. */
  Bytes manifest(String repository, String note, String fields) {
    Digest empty = pushBlob(repository, EMPTY_JSON);
    String descriptor =
        "{\"mediaType\":\"application/vnd.oci.empty.v1+json\",\"digest\":\"%s\",\"size\":2}"
            .formatted(empty);
    return Bytes.utf8(
        "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"config\":%s,\"layers\":[%s]%s,\"annotations\":{\"note\":\"%s\"}}"
            .formatted(
                MANIFEST, descriptor, descriptor, fields.isEmpty() ? "" : "," + fields, note));
  }

  /** The fields of an artifact that refers to a manifest. */
  static String refersTo(Digest subject, String artifactType) {
    return "\"artifactType\":\"%s\",\"subject\":{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":7}"
        .formatted(artifactType, MANIFEST, subject);
  }

  boolean exists(String repository) {
    return registry.repository(new RepositoryName(repository)).exists();
  }

  static Digest sha256(Bytes content) {
    return content.digest(DigestAlgorithm.SHA256);
  }

  static Digest sha512(Bytes content) {
    return content.digest(DigestAlgorithm.SHA512);
  }

  /** Bytes that differ from place to place. */
  static Bytes bytes(int length) {
    byte[] content = new byte[length];
    for (int i = 0; i < length; i++) {
      content[i] = (byte) (i * 31 + i / 251);
    }
    return Bytes.copyOf(content);
  }

  static Bytes slice(Bytes content, int from, int to) {
    return Bytes.copyOf(Arrays.copyOfRange(content.toArray(), from, to));
  }

  static String encoded(Digest digest) {
    return digest.toString().replace(":", "%3A");
  }
}
