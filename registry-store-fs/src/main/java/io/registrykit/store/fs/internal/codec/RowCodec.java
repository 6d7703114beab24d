package io.registrykit.store.fs.internal.codec;

import io.registrykit.model.Bytes;
import io.registrykit.model.Descriptor;
import io.registrykit.model.Digest;
import io.registrykit.model.MediaType;
import io.registrykit.model.Tag;
import io.registrykit.spi.store.Attributes;
import io.registrykit.spi.store.BlobLink;
import io.registrykit.spi.store.EventRecord;
import io.registrykit.spi.store.ManifestRecord;
import io.registrykit.spi.store.TagRecord;
import java.io.IOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The bytes of rows: a kind, then the fields in their order. */
public final class RowCodec {
  private static final int REPOSITORY_PUT = 1;
  private static final int REPOSITORY_GONE = 2;
  private static final int LINK_PUT = 3;
  private static final int LINK_GONE = 4;
  private static final int MANIFEST_PUT = 5;
  private static final int MANIFEST_GONE = 6;
  private static final int TAG_PUT = 7;
  private static final int TAG_GONE = 8;
  private static final int EVENT_PUT = 9;
  private static final int EVENT_GONE = 10;

  private RowCodec() {}

  /** Writes a row. */
  public static void write(Out out, Row row) {
    if (row instanceof Row.RepositoryPut put) {
      out.u8(REPOSITORY_PUT).instant(put.createdAt()).instant(put.updatedAt());
      attributes(out, put.attributes());
    } else if (row instanceof Row.RepositoryGone) {
      out.u8(REPOSITORY_GONE);
    } else if (row instanceof Row.LinkPut put) {
      BlobLink link = put.link();
      out.u8(LINK_PUT).digest(link.digest()).number(link.size()).instant(link.linkedAt());
    } else if (row instanceof Row.LinkGone gone) {
      out.u8(LINK_GONE).digest(gone.digest());
    } else if (row instanceof Row.ManifestPut put) {
      manifest(out.u8(MANIFEST_PUT), put.record());
    } else if (row instanceof Row.ManifestGone gone) {
      out.u8(MANIFEST_GONE).digest(gone.digest());
    } else if (row instanceof Row.TagPut put) {
      TagRecord tag = put.record();
      out.u8(TAG_PUT).text(tag.tag().value()).digest(tag.target());
      attributes(out.instant(tag.createdAt()).instant(tag.updatedAt()), tag.attributes());
    } else if (row instanceof Row.TagGone gone) {
      out.u8(TAG_GONE).text(gone.tag().value());
    } else if (row instanceof Row.EventPut put) {
      EventRecord event = put.event();
      out.u8(EVENT_PUT).text(event.id()).instant(event.time()).bytes(event.payload().toArray());
    } else if (row instanceof Row.EventGone gone) {
      out.u8(EVENT_GONE).text(gone.id());
    }
  }

  /** Reads a row. */
  public static Row read(In in) throws IOException {
    int kind = in.u8();
    try {
      return switch (kind) {
        case REPOSITORY_PUT -> new Row.RepositoryPut(in.instant(), in.instant(), attributes(in));
        case REPOSITORY_GONE -> new Row.RepositoryGone();
        case LINK_PUT -> new Row.LinkPut(new BlobLink(in.digest(), in.number(), in.instant()));
        case LINK_GONE -> new Row.LinkGone(in.digest());
        case MANIFEST_PUT -> new Row.ManifestPut(manifest(in));
        case MANIFEST_GONE -> new Row.ManifestGone(in.digest());
        case TAG_PUT ->
            new Row.TagPut(
                new TagRecord(
                    new Tag(in.text()), in.digest(), in.instant(), in.instant(), attributes(in)));
        case TAG_GONE -> new Row.TagGone(new Tag(in.text()));
        case EVENT_PUT ->
            new Row.EventPut(new EventRecord(in.text(), in.instant(), Bytes.copyOf(in.bytes())));
        case EVENT_GONE -> new Row.EventGone(in.text());
        default -> throw new IOException("row of unknown kind " + kind);
      };
    } catch (IllegalArgumentException e) {
      throw new IOException("row of kind " + kind + " is malformed", e);
    }
  }

  private static void attributes(Out out, Attributes value) {
    out.u8(
        (value.deleteEnabled() ? 1 : 0)
            | (value.writeEnabled() ? 2 : 0)
            | (value.readEnabled() ? 4 : 0)
            | (value.listEnabled() ? 8 : 0));
  }

  private static Attributes attributes(In in) throws IOException {
    int bits = in.u8();
    return bits == 15
        ? Attributes.UNLOCKED
        : new Attributes((bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0, (bits & 8) != 0);
  }

  private static void manifest(Out out, ManifestRecord record) {
    Descriptor descriptor = record.descriptor();
    out.text(descriptor.mediaType().value()).digest(descriptor.digest());
    out.number(descriptor.size());
    MediaType artifactType = descriptor.artifactType();
    out.text(artifactType == null ? "" : artifactType.value());
    out.number(descriptor.annotations().size());
    descriptor.annotations().forEach((key, value) -> out.text(key).text(value));
    Digest subject = record.subject();
    out.u8(subject == null ? 0 : 1);
    if (subject != null) {
      out.digest(subject);
    }
    digests(out, record.blobs());
    digests(out, record.manifests());
    attributes(out, record.attributes());
    out.instant(record.pushedAt()).instant(record.updatedAt());
  }

  private static ManifestRecord manifest(In in) throws IOException {
    MediaType type = in.mediaType();
    Digest digest = in.digest();
    long size = in.number();
    MediaType artifactType = optionalType(in);
    int annotationCount = in.count();
    Map<String, String> annotations = new LinkedHashMap<>();
    for (int i = 0; i < annotationCount; i++) {
      annotations.put(in.text(), in.text());
    }
    Digest subject = in.u8() == 0 ? null : in.digest();
    Set<Digest> blobs = digests(in);
    Set<Digest> manifests = digests(in);
    Attributes attributes = attributes(in);
    return new ManifestRecord(
        new Descriptor(type, digest, size, artifactType, annotations),
        subject,
        blobs,
        manifests,
        attributes,
        in.instant(),
        in.instant());
  }

  private static @Nullable MediaType optionalType(In in) throws IOException {
    String text = in.text();
    return text.isEmpty() ? null : new MediaType(text);
  }

  private static void digests(Out out, Collection<Digest> digests) {
    out.number(digests.size());
    digests.forEach(out::digest);
  }

  private static Set<Digest> digests(In in) throws IOException {
    int count = in.count();
    Set<Digest> digests = new HashSet<>();
    for (int i = 0; i < count; i++) {
      digests.add(in.digest());
    }
    return digests;
  }
}
