package io.registrykit.spi.tck;

import io.registrykit.spi.store.BlobContent;
import io.registrykit.spi.store.BlobStore;
import io.registrykit.spi.store.BlobUpload;
import io.registrykit.spi.store.RegistryStore;
import io.registrykit.spi.store.RepositoryStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Makes stores that do one thing wrong and everything else right. */
final class Tampering {
  private Tampering() {}

  /** What is done instead of a call, or with it. */
  @FunctionalInterface
  interface Tamper {
    @Nullable Object apply(Call call) throws Throwable;
  }

  /** A call that was caught. */
  static final class Call {
    private final Object target;
    private final Method method;
    private final Object[] args;

    Call(Object target, Method method, Object... args) {
      this.target = target;
      this.method = method;
      this.args = args;
    }

    Object target() {
      return target;
    }

    Object proceed() throws Throwable {
      return proceed(args);
    }

    Object proceed(Object... newArgs) throws Throwable {
      try {
        return method.invoke(target, newArgs);
      } catch (InvocationTargetException e) {
        throw e.getCause();
      }
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    <T> T arg(int index) {
      return (T) args[index];
    }
  }

  /** The same object, but one method is tampered with. */
  static <T> T wrap(Class<T> type, T target, String name, Tamper tamper) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, args) -> {
              Call call = new Call(target, method, args == null ? new Object[0] : args);
              return method.getName().equals(name) ? tamper.apply(call) : call.proceed();
            }));
  }

  static UnaryOperator<RegistryStore> store(String method, Tamper tamper) {
    return store -> wrap(RegistryStore.class, store, method, tamper);
  }

  static UnaryOperator<RegistryStore> blobs(String method, Tamper tamper) {
    return store -> {
      BlobStore blobs = wrap(BlobStore.class, store.blobs(), method, tamper);
      return wrap(RegistryStore.class, store, "blobs", call -> blobs);
    };
  }

  static UnaryOperator<RegistryStore> names(String method, Tamper tamper) {
    return store -> {
      RepositoryStore names = wrap(RepositoryStore.class, store.repositories(), method, tamper);
      return wrap(RegistryStore.class, store, "repositories", call -> names);
    };
  }

  static UnaryOperator<RegistryStore> contents(String method, Tamper tamper) {
    return blobs(
        "open",
        call ->
            ((Optional<?>) call.proceed())
                .map(found -> wrap(BlobContent.class, (BlobContent) found, method, tamper)));
  }

  static UnaryOperator<RegistryStore> uploads(String method, Tamper tamper) {
    UnaryOperator<RegistryStore> begun =
        blobs("begin", call -> wrap(BlobUpload.class, (BlobUpload) call.proceed(), method, tamper));
    UnaryOperator<RegistryStore> resumed =
        blobs(
            "resume",
            call ->
                ((Optional<?>) call.proceed())
                    .map(found -> wrap(BlobUpload.class, (BlobUpload) found, method, tamper)));
    return store -> resumed.apply(begun.apply(store));
  }
}
