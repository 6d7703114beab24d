package io.registrykit.internal.engine;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.registrykit.model.Bytes;
import io.registrykit.model.RepositoryName;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The documents of lists that were asked for lately: whoever asks again while nothing has changed
 * costs no more than the bytes on the wire. Thread-safe.
 */
final class ListDocuments {
  private static final long MAX_BYTES = 4 << 20;

  /** One list shall not push out all others. */
  private static final int MAX_LENGTH = 1 << 20;

  private static final int ENTRY_BYTES = 256;

  private final Cache<Key, Entry> recent =
      Caffeine.newBuilder()
          .maximumWeight(MAX_BYTES)
          .weigher(ListDocuments::weight)
          .executor(Runnable::run)
          .build();

  private record Key(@Nullable RepositoryName repository, PageParameters page) {}

  private record Entry(long version, Document document) {}

  private static int weight(Key key, Entry entry) {
    String last = key.page().last();
    return ENTRY_BYTES + (last == null ? 0 : last.length()) + entry.document().bytes().length();
  }

  /**
   * A page of a list as it goes on the wire. Immutable.
   *
   * @param bytes the document
   * @param isEmpty whether it has no entries
   * @param next where the next page starts, or null on the last one
   */
  record Document(Bytes bytes, boolean isEmpty, @Nullable String next) {}

  /**
   * The document of a page.
   *
   * @param repository whose list it is, or null for the list of repositories
   * @param page which part
   * @param version what the store numbered the state of the list with, before this call
   * @param made reads the list and makes the document
   */
  Document get(
      @Nullable RepositoryName repository,
      PageParameters page,
      OptionalLong version,
      Supplier<Document> made) {
    if (version.isEmpty()) {
      return made.get();
    }
    Key key = new Key(repository, page);
    Entry known = recent.getIfPresent(key);
    if (known != null && known.version() == version.getAsLong()) {
      return known.document();
    }
    Document document = made.get();
    if (!document.isEmpty() && document.bytes().length() <= MAX_LENGTH) {
      recent.put(key, new Entry(version.getAsLong(), document));
    }
    return document;
  }
}
