package io.registrykit;

import io.registrykit.model.Page;
import io.registrykit.model.PageRequest;
import io.registrykit.model.RepositoryName;

/** A set of repositories, here or far away. Safe for use by any number of threads. */
public interface Registry extends AutoCloseable {

  /**
   * A repository, whether it exists or not; the first push into it creates it.
   *
   * @param name its name
   * @return a view that asks the registry at every call
   */
  Repository repository(RepositoryName name);

  /**
   * Lists the repositories.
   *
   * @param page which part
   * @return names in byte order
   * @throws io.registrykit.error.RegistryException if the registry refuses or fails
   */
  Page<RepositoryName> repositories(PageRequest page);

  /** Lets go of what the registry itself opened. Closing twice is the same as once. */
  @Override
  void close();
}
