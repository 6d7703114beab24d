package io.registrykit.spi.tck;

import io.registrykit.model.Bytes;
import io.registrykit.model.Descriptor;
import io.registrykit.model.Digest;
import io.registrykit.model.DigestAlgorithm;
import io.registrykit.model.MediaType;
import io.registrykit.model.RawManifest;
import io.registrykit.model.RepositoryName;
import io.registrykit.model.Tag;
import io.registrykit.spi.store.Attributes;
import io.registrykit.spi.store.EventRecord;
import io.registrykit.spi.store.ManifestRecord;
import io.registrykit.spi.store.StoredManifest;
import io.registrykit.spi.store.UploadSpec;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Names, times and content to test with; the same at every run. */
final class Samples {
  /** A time in whole milliseconds, which every store keeps exactly. */
  static final Instant T0 = Instant.parse("2026-01-02T03:04:05.678Z");

  static final RepositoryName APP = RepositoryName.parse("team/app");
  static final RepositoryName OTHER = RepositoryName.parse("team/other");
  static final Tag V1 = Tag.parse("v1");
  static final Tag V2 = Tag.parse("v2");

  /** What is locked in {@link #LOCKED} differs from every default. */
  static final Attributes LOCKED = new Attributes(false, true, false, true);

  private Samples() {}

  static Instant at(int seconds) {
    return T0.plusSeconds(seconds);
  }

  static byte[] content(long seed, int size) {
    byte[] content = new byte[size];
    new Random(seed).nextBytes(content);
    return content;
  }

  static Digest sha256(byte[] content) {
    return Digest.of(DigestAlgorithm.SHA256, content);
  }

  static Digest sha512(byte[] content) {
    return Digest.of(DigestAlgorithm.SHA512, content);
  }

  /** The digest of content that is nowhere stored. */
  static Digest digest(int number) {
    return sha256(content(1_000_000L + number, 8));
  }

  static UploadSpec uploadSpec() {
    return new UploadSpec(DigestAlgorithm.SHA256, "owner", T0);
  }

  static StoredManifest manifest(String text) {
    return manifest(text, null, Set.of(), Set.of());
  }

  static StoredManifest manifestOf(String text, Digest... blobs) {
    return manifest(text, null, Set.of(blobs), Set.of());
  }

  static StoredManifest referrer(String text, Digest subject) {
    return manifest(text, subject, Set.of(), Set.of());
  }

  static StoredManifest manifest(
      String text, @Nullable Digest subject, Set<Digest> blobs, Set<Digest> manifests) {
    return stored(
        RawManifest.of(MediaType.OCI_MANIFEST, Bytes.utf8("{\"text\":\"" + text + "\"}")),
        subject,
        blobs,
        manifests);
  }

  static StoredManifest stored(
      RawManifest raw, @Nullable Digest subject, Set<Digest> blobs, Set<Digest> manifests) {
    Map<String, String> annotations = new LinkedHashMap<>();
    annotations.put("z.last", "1");
    annotations.put("a.first", "\u00fc\u2603");
    Descriptor descriptor =
        new Descriptor(
            raw.mediaType(),
            raw.digest(),
            raw.content().length(),
            subject == null ? null : MediaType.parse("application/vnd.example.signature"),
            subject == null ? Map.of() : annotations);
    return new StoredManifest(
        raw,
        new ManifestRecord(
            descriptor, subject, blobs, manifests, Attributes.UNLOCKED, Instant.EPOCH, T0));
  }

  static EventRecord event(String id) {
    return new EventRecord(id, T0, Bytes.utf8("{\"id\":\"" + id + "\"}"));
  }
}
