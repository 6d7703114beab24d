package io.registrykit.internal.auth.store;

import io.registrykit.error.BackendException;
import io.registrykit.error.ErrorCode;
import io.registrykit.spi.store.DocumentStore;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Named values that outlive the process: a hash table whose buckets are documents. Safe for use by
 * any number of threads, and of processes on the same documents. A change is kept before it counts;
 * one of another process counts within two seconds.
 *
 * @param <V> the values, which are immutable
 */
public final class StoredTable<V> {
  private static final int MANY = 256;

  private final Bucket<V>[] buckets;

  private StoredTable(Bucket<V>[] buckets) {
    this.buckets = buckets;
  }

  /**
   * A table of few values, in one document.
   *
   * @param <V> the values
   * @param documents where it is kept, or null to keep it as long as the process lasts
   * @param name the name of the document
   * @param format how values are written
   * @return the table, which is read when it is asked for the first time
   */
  public static <V> StoredTable<V> small(
      @Nullable DocumentStore documents, String name, EntryFormat<V> format) {
    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of one generic type
    Bucket<V>[] buckets = new Bucket[] {new Bucket<>(documents, name, format)};
    return new StoredTable<>(buckets);
  }

  /**
   * A table of tens of thousands of values, in {@value #MANY} documents.
   *
   * @param <V> the values
   * @param documents where it is kept, or null to keep it as long as the process lasts
   * @param name the start of the names of the documents
   * @param format how values are written
   * @return the table, of which each part is read when it is asked for the first time
   */
  public static <V> StoredTable<V> large(
      @Nullable DocumentStore documents, String name, EntryFormat<V> format) {
    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of one generic type
    Bucket<V>[] buckets = new Bucket[MANY];
    for (int i = 0; i < MANY; i++) {
      buckets[i] = new Bucket<>(documents, "%s-%02x".formatted(name, i), format);
    }
    return new StoredTable<>(buckets);
  }

  /** The same in every process: the hash of a string is part of the language. */
  private Bucket<V> bucket(String key) {
    int hash = key.hashCode() * 0x9E3779B9;
    return buckets[(hash >>> 24) % buckets.length];
  }

  /**
   * Finds a value.
   *
   * @param key its name
   * @return the value, or null when there is none
   * @throws BackendException if the documents were never read and cannot be
   */
  public @Nullable V get(String key) {
    try {
      return bucket(key).entries().get(key);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /**
   * Changes a value.
   *
   * @param key its name
   * @param change makes the new value of the old one; null stands for no value in both. May be
   *     asked several times
   * @return the new value, or null
   * @throws BackendException if the change cannot be kept; then nothing has changed
   */
  public @Nullable V change(String key, UnaryOperator<@Nullable V> change) {
    try {
      return bucket(key).change(key, change);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /**
   * The names.
   *
   * @return a sorted copy
   * @throws BackendException if the documents were never read and cannot be
   */
  public Set<String> keys() {
    Set<String> keys = new TreeSet<>();
    try {
      for (Bucket<V> bucket : buckets) {
        keys.addAll(bucket.entries().keySet());
      }
    } catch (IOException e) {
      throw failed(e);
    }
    return keys;
  }

  /**
   * How many values there are.
   *
   * @return the number
   * @throws BackendException if the documents were never read and cannot be
   */
  public int size() {
    int size = 0;
    try {
      for (Bucket<V> bucket : buckets) {
        size += bucket.entries().size();
      }
    } catch (IOException e) {
      throw failed(e);
    }
    return size;
  }

  private static BackendException failed(IOException cause) {
    return new BackendException(ErrorCode.UNKNOWN, "accounts and rules cannot be reached", cause);
  }
}
