package io.registrykit;

/** One repository, to read from and to write to. Safe for use by any number of threads. */
public interface Repository extends RepositoryReader, RepositoryWriter {}
