package io.registrykit.internal.embedded;

import io.registrykit.model.Page;
import io.registrykit.model.PageRequest;
import io.registrykit.model.RepositoryName;
import io.registrykit.spi.store.Attributes;
import io.registrykit.spi.store.RepositoryStore;
import java.util.function.Function;

/** The list of repositories, without those that are locked against listing. Thread-safe. */
public final class Catalog {
  private Catalog() {}

  /**
   * Reads one page.
   *
   * @param names where the names are
   * @param page which part
   * @return names in byte order
   */
  public static Page<RepositoryName> read(RepositoryStore names, PageRequest page) {
    return StoreCall.run(
        () ->
            FilteredPages.read(
                page, names::repositories, name -> isListed(names, name), Function.identity()));
  }

  private static boolean isListed(RepositoryStore names, RepositoryName name) {
    return StoreCall.run(() -> names.repository(name))
        .map(record -> record.attributes().allows(Attributes.Use.LIST))
        .orElse(true);
  }
}
