package io.registrykit.spi.tck;

import org.junit.jupiter.api.Nested;

/**
 * The laws of a store, as tests: extend it and say how your store is opened. A test class is made
 * anew for each test, as JUnit does.
 *
 * <pre>{@code
 * class MyStoreTest extends RegistryStoreContract {
 *   @TempDir Path folder;
 *
 *   @Override
 *   protected StoreHarness harness() {
 *     return StoreHarness.of(() -> MyStore.open(folder)).reopenable().features(DURABLE);
 *   }
 * }
 * }</pre>
 *
 * <p>The random sequences start from the system property {@code registrykit.tck.seed} where that is
 * set; a failure names the seed that repeats it.
 */
public abstract class RegistryStoreContract {

  /** For subclasses. */
  protected RegistryStoreContract() {}

  /**
   * Describes the store under test; called once for each test, which starts with an empty store.
   *
   * @return the harness
   * @throws Exception if the store cannot be prepared
   */
  protected abstract StoreHarness harness() throws Exception;

  /** Reading what is stored. */
  @Nested
  class Blobs extends BlobLaws {
    @Override
    StoreHarness newHarness() throws Exception {
      return harness();
    }
  }

  /** Storing bytes piece by piece. */
  @Nested
  class Uploads extends UploadLaws {
    @Override
    StoreHarness newHarness() throws Exception {
      return harness();
    }
  }

  /** Which repository has which blob. */
  @Nested
  class Links extends LinkLaws {
    @Override
    StoreHarness newHarness() throws Exception {
      return harness();
    }
  }

  /** Manifests and what is known of them. */
  @Nested
  class Manifests extends ManifestLaws {
    @Override
    StoreHarness newHarness() throws Exception {
      return harness();
    }
  }

  /** Tags, and the changes that depend on what they are. */
  @Nested
  class Tags extends TagLaws {
    @Override
    StoreHarness newHarness() throws Exception {
      return harness();
    }
  }

  /** All or nothing, in order. */
  @Nested
  class Commits extends CommitLaws {
    @Override
    StoreHarness newHarness() throws Exception {
      return harness();
    }
  }

  /** Manifests that name a subject. */
  @Nested
  class Referrers extends ReferrerLaws {
    @Override
    StoreHarness newHarness() throws Exception {
      return harness();
    }
  }

  /** Lists in byte order, cut into pages. */
  @Nested
  class Paging extends PagingLaws {
    @Override
    StoreHarness newHarness() throws Exception {
      return harness();
    }
  }

  /** Names that are alike, long, or like words of a store. */
  @Nested
  class Names extends NameLaws {
    @Override
    StoreHarness newHarness() throws Exception {
      return harness();
    }
  }

  /** Locks. */
  @Nested
  class Locks extends AttributeLaws {
    @Override
    StoreHarness newHarness() throws Exception {
      return harness();
    }
  }

  /** What the store says it holds. */
  @Nested
  class Usage extends UsageLaws {
    @Override
    StoreHarness newHarness() throws Exception {
      return harness();
    }
  }

  /** What goes, and what stays. */
  @Nested
  class Deletion extends DeletionLaws {
    @Override
    StoreHarness newHarness() throws Exception {
      return harness();
    }
  }

  /** What a collector of manifests may take. */
  @Nested
  class Collection extends CollectionLaws {
    @Override
    StoreHarness newHarness() throws Exception {
      return harness();
    }
  }

  /** Events that wait to be delivered. */
  @Nested
  class Events extends EventLaws {
    @Override
    StoreHarness newHarness() throws Exception {
      return harness();
    }
  }

  /** A store that is full. */
  @Nested
  class Capacity extends CapacityLaws {
    @Override
    StoreHarness newHarness() throws Exception {
      return harness();
    }
  }

  /** Many callers at once. */
  @Nested
  class Concurrency extends ConcurrencyLaws {
    @Override
    StoreHarness newHarness() throws Exception {
      return harness();
    }
  }

  /** What readers see while others write. */
  @Nested
  class Readers extends ReaderLaws {
    @Override
    StoreHarness newHarness() throws Exception {
      return harness();
    }
  }

  /** What is there after the store was closed and opened. */
  @Nested
  class Durability extends DurabilityLaws {
    @Override
    StoreHarness newHarness() throws Exception {
      return harness();
    }
  }

  /** A store that is closed. */
  @Nested
  class Closing extends ClosingLaws {
    @Override
    StoreHarness newHarness() throws Exception {
      return harness();
    }
  }

  /** Long random sequences against plain maps. */
  @Nested
  class RandomSequences extends ModelLaws {
    @Override
    StoreHarness newHarness() throws Exception {
      return harness();
    }
  }
}
