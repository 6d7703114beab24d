package io.registrykit.spi.tck;

import io.registrykit.spi.store.BlobStore;
import io.registrykit.spi.store.BlobUpload;
import io.registrykit.spi.store.RegistryStore;
import io.registrykit.spi.store.RepositoryStore;
import io.registrykit.spi.store.StoreFeature;
import io.registrykit.spi.tck.Tampering.Call;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** The reference model as a store that keeps everything when it is closed and opened again. */
final class LastingModel {
  private final ReferenceModel model = ReferenceModel.create();
  private final List<UnaryOperator<RegistryStore>> flaws = new ArrayList<>();
  private int opened;

  /** Adds a flaw that shows from the second opening on. */
  LastingModel losing(UnaryOperator<RegistryStore> flaw) {
    flaws.add(flaw);
    return this;
  }

  RegistryStore open() {
    Opening opening = new Opening(model);
    opened++;
    RegistryStore store = opening.store();
    if (opened > 1) {
      for (UnaryOperator<RegistryStore> flaw : flaws) {
        store = flaw.apply(store);
      }
    }
    return store;
  }

  /** One opening of the model: ends, and lets go of its uploads, when it is closed. */
  private static final class Opening {
    private final BlobStore blobs;
    private final RepositoryStore names;
    private final List<BlobUpload> held = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    Opening(ReferenceModel model) {
      blobs = guarded(BlobStore.class, model.blobs());
      names = guarded(RepositoryStore.class, model.repositories());
    }

    private <T> T guarded(Class<T> type, T target) {
      return type.cast(
          Proxy.newProxyInstance(
              type.getClassLoader(),
              new Class<?>[] {type},
              (proxy, method, args) -> {
                if (closed) {
                  throw new IOException("closed");
                }
                Object[] given = args == null ? new Object[0] : args;
                Object result = new Call(target, method, given).proceed();
                Object content = result instanceof Optional<?> some ? some.orElse(null) : result;
                if (content instanceof BlobUpload upload) {
                  held.add(upload);
                }
                return result;
              }));
    }

    RegistryStore store() {
      return new RegistryStore() {
        @Override
        public BlobStore blobs() {
          return blobs;
        }

        @Override
        public RepositoryStore repositories() {
          return names;
        }

        @Override
        public Set<StoreFeature> features() {
          return Set.of(StoreFeature.values());
        }

        @Override
        public void close() throws IOException {
          closed = true;
          for (BlobUpload upload : held) {
            upload.close();
          }
        }
      };
    }
  }
}
