package io.registrykit.examples.torture.oracle;

/**
 * What a registry has under a name. Immutable.
 *
 * @param name a digest or a tag
 */
public record Item(Kind kind, String repository, String name) {
  /** What the name names. */
  public enum Kind {
    /** Bytes; its value is its own digest. */
    BLOB,
    /** A manifest; its value is its own digest. */
    MANIFEST,
    /** A tag; its value is the digest of a manifest. */
    TAG
  }

  /** A blob in a repository. */
  public static Item blob(String repository, String digest) {
    return new Item(Kind.BLOB, repository, digest);
  }

  /** A manifest in a repository. */
  public static Item manifest(String repository, String digest) {
    return new Item(Kind.MANIFEST, repository, digest);
  }

  /** A tag of a repository. */
  public static Item tag(String repository, String tag) {
    return new Item(Kind.TAG, repository, tag);
  }

  /** Where the item is read. */
  public String path() {
    String folder = kind == Kind.BLOB ? "/blobs/" : "/manifests/";
    return "/v2/" + repository + folder + name;
  }
}
