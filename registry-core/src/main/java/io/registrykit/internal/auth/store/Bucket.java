package io.registrykit.internal.auth.store;

import io.registrykit.internal.json.JsonFormatException;
import io.registrykit.internal.json.JsonReader;
import io.registrykit.internal.json.JsonWriter;
import io.registrykit.model.Bytes;
import io.registrykit.spi.store.DocumentStore;
import io.registrykit.spi.store.DocumentStore.Document;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The values in one document. Safe for use by any number of threads: who reads takes no lock, and
 * who changes them holds one while the document is written.
 */
final class Bucket<V> {
  private static final JsonReader.Source JSON = new JsonReader.Source(16, DocumentStore.MAX_BYTES);
  private static final int FORMAT = 1;
  private static final int MAX_TRIES = 100;
  private static final long FRESH_FOR = Duration.ofSeconds(2).toNanos();

  private final @Nullable DocumentStore documents;
  private final String name;
  private final EntryFormat<V> format;
  private final ReentrantLock changing = new ReentrantLock();
  private volatile @Nullable State<V> state;

  Bucket(@Nullable DocumentStore documents, String name, EntryFormat<V> format) {
    this.documents = documents;
    this.name = name;
    this.format = format;
    this.state = documents == null ? new State<>(Map.of(), null, 0) : null;
  }

  /** The values, the version of the document, and when it was read. Immutable. */
  private record State<V>(Map<String, V> entries, @Nullable String version, long readAt) {
    @Override
    public String toString() {
      return "State[" + entries.size() + " entries]";
    }
  }

  Map<String, V> entries() throws IOException {
    State<V> known = state;
    if (known == null) {
      return reload().entries();
    }
    if (documents == null || System.nanoTime() - known.readAt() < FRESH_FOR) {
      return known.entries();
    }
    return refreshed(known).entries();
  }

  /** One thread looks for changes; what was read before serves the others, and in a failure. */
  private State<V> refreshed(State<V> known) {
    if (!changing.tryLock()) {
      return known;
    }
    try {
      return reload();
    } catch (IOException e) {
      State<V> kept = new State<>(known.entries(), known.version(), System.nanoTime());
      state = kept;
      return kept;
    } finally {
      changing.unlock();
    }
  }

  private State<V> reload() throws IOException {
    changing.lock();
    try {
      State<V> known = state;
      DocumentStore store = documents;
      if (store == null && known != null) {
        return known;
      }
      Document document = store == null ? null : store.read(name).orElse(null);
      boolean same =
          known != null && document != null && document.version().equals(known.version());
      State<V> read =
          document == null
              ? new State<>(Map.of(), null, System.nanoTime())
              : new State<>(
                  same && known != null ? known.entries() : parse(document.content()),
                  document.version(),
                  System.nanoTime());
      state = read;
      return read;
    } finally {
      changing.unlock();
    }
  }

  @Nullable V change(String key, UnaryOperator<@Nullable V> change) throws IOException {
    changing.lock();
    try {
      for (int i = 0; i < MAX_TRIES; i++) {
        State<V> before = reload();
        V old = before.entries().get(key);
        V value = change.apply(old);
        if (Objects.equals(old, value)) {
          return value;
        }
        Map<String, V> after = new HashMap<>(before.entries());
        if (value == null) {
          after.remove(key);
        } else {
          after.put(key, value);
        }
        if (kept(before, after)) {
          return value;
        }
      }
      throw new IOException("the document " + name + " changes too often");
    } finally {
      changing.unlock();
    }
  }

  private boolean kept(State<V> before, Map<String, V> after) throws IOException {
    DocumentStore store = documents;
    if (store == null) {
      state = new State<>(after, null, 0);
      return true;
    }
    Bytes content = write(after);
    if (content.length() > DocumentStore.MAX_BYTES) {
      throw new IOException("the document " + name + " is full");
    }
    if (!store.write(name, content, before.version())) {
      return false;
    }
    state = new State<>(after, null, System.nanoTime());
    return true;
  }

  private Bytes write(Map<String, V> entries) {
    return JsonWriter.document(
        json -> {
          json.integer("format", FORMAT);
          json.array(
              "entries",
              array -> {
                for (Map.Entry<String, V> entry : new TreeMap<>(entries).entrySet()) {
                  array.object(
                      fields -> {
                        fields.string("key", entry.getKey());
                        format.write(fields, entry.getValue());
                      });
                }
              });
        });
  }

  /** Says where a document is broken, and nothing of what it holds. */
  private Map<String, V> parse(Bytes content) throws IOException {
    Map<String, V> entries = new HashMap<>();
    try {
      JSON.readObject(
          content,
          (json, field) -> {
            switch (field) {
              case "format" -> checkFormat(json);
              case "entries" -> json.array(() -> entry(json, entries));
              default -> throw json.invalid("there is no field called " + field);
            }
          });
    } catch (JsonFormatException e) {
      throw new IOException("the document " + name + " is broken at " + e.pointer());
    } catch (IllegalArgumentException e) {
      throw new IOException("the document " + name + " is broken");
    }
    return entries;
  }

  private static void checkFormat(JsonReader json) {
    if (json.integer() != FORMAT) {
      throw json.invalid("another format");
    }
  }

  private void entry(JsonReader json, Map<String, V> entries) {
    List<String> key = new ArrayList<>();
    EntryFormat.Reading<V> reading = format.reading();
    json.object(
        field -> {
          if (field.equals("key")) {
            key.add(json.string());
          } else {
            reading.field(json, field);
          }
        });
    if (key.isEmpty() || entries.put(key.get(0), reading.value(key.get(0))) != null) {
      throw json.invalid("a key is missing or there twice");
    }
  }
}
