package io.registrykit.examples.torture.wire;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A manifest and what it names. Immutable, as long as nobody writes into the bytes.
 *
 * @param blobs the digests of the configuration and the layers
 * @param children the digests of the manifests of an index
 * @param subject the digest of the manifest that this one is about, or the empty string
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record Manifest(
    String mediaType,
    byte[] bytes,
    String digest,
    List<String> blobs,
    List<String> children,
    String subject) {
  /** The type of an image. */
  public static final String IMAGE = "application/vnd.oci.image.manifest.v1+json";

  private static final String INDEX = "application/vnd.oci.image.index.v1+json";
  private static final String LAYER = "application/vnd.oci.image.layer.v1.tar";

  /** An image of a configuration and layers. */
  public static Manifest image(Blob config, List<Blob> layers) {
    return image(config, layers, "");
  }

  /** An artifact about another manifest. */
  public static Manifest referrer(Blob content, Manifest subject) {
    return image(
        content,
        List.of(content),
        ",\"artifactType\":\"application/vnd.torture\",\"subject\":" + describe(subject));
  }

  private static Manifest image(Blob config, List<Blob> layers, String more) {
    String json =
        "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"config\":%s,\"layers\":[%s]%s}"
            .formatted(
                IMAGE,
                describe("application/vnd.oci.image.config.v1+json", config),
                layers.stream().map(l -> describe(LAYER, l)).collect(Collectors.joining(",")),
                more);
    Blob whole = Blob.of(json);
    int subject = more.indexOf("sha256:");
    List<String> blobs =
        Stream.concat(Stream.of(config), layers.stream()).map(Blob::digest).distinct().toList();
    return new Manifest(
        IMAGE,
        whole.bytes(),
        whole.digest(),
        blobs,
        List.of(),
        subject < 0 ? "" : more.substring(subject, subject + whole.digest().length()));
  }

  /** An index of manifests; the note makes it one of its kind. */
  public static Manifest index(List<Manifest> children, String note) {
    String json =
        "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"manifests\":[%s],\"annotations\":{\"n\":\"%s\"}}"
            .formatted(
                INDEX,
                children.stream().map(Manifest::describe).collect(Collectors.joining(",")),
                note);
    Blob whole = Blob.of(json);
    List<String> digests = children.stream().map(Manifest::digest).toList();
    return new Manifest(INDEX, whole.bytes(), whole.digest(), List.of(), digests, "");
  }

  private static String describe(Manifest manifest) {
    return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d}"
        .formatted(manifest.mediaType, manifest.digest, manifest.bytes.length);
  }

  /** A descriptor of a blob, as JSON. */
  public static String describe(String mediaType, Blob blob) {
    return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d}"
        .formatted(mediaType, blob.digest(), blob.bytes().length);
  }
}
