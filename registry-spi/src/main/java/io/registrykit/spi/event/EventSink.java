package io.registrykit.spi.event;

/** Hears what happened in a registry. Implementations are safe for use by any number of threads. */
@FunctionalInterface
public interface EventSink {

  /**
   * Takes an event, which was committed before and cannot be refused. Runs on the thread of the
   * request unless it is handed to a dispatcher, so it returns soon.
   *
   * @param event the fact
   * @throws Exception if it could not be taken; the registry logs it and goes on
   */
  void accept(RegistryEvent event) throws Exception;
}
