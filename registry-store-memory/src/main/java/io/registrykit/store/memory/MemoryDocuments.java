package io.registrykit.store.memory;

import io.registrykit.model.Bytes;
import io.registrykit.spi.store.DocumentStore;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Documents on the heap, which end with the process. Safe for use by any number of threads of it.
 */
public final class MemoryDocuments implements DocumentStore {
  private static final int MAX_DOCUMENTS = 10_000;

  private final Map<String, Document> documents = new ConcurrentHashMap<>();

  /** No documents yet. */
  public MemoryDocuments() {}

  @Override
  public Optional<Document> read(String name) {
    DocumentStore.check(name, null);
    return Optional.ofNullable(documents.get(name));
  }

  @Override
  public boolean write(String name, Bytes content, @Nullable String expectedVersion) {
    DocumentStore.check(name, content);
    if (expectedVersion == null) {
      return documents.size() < MAX_DOCUMENTS
          && documents.putIfAbsent(name, new Document(content, "1")) == null;
    }
    String next = Long.toString(Long.parseLong(expectedVersion) + 1);
    boolean[] written = {false};
    documents.computeIfPresent(
        name,
        (key, old) -> {
          written[0] = old.version().equals(expectedVersion);
          return written[0] ? new Document(content, next) : old;
        });
    return written[0];
  }
}
