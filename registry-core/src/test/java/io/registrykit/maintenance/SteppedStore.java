package io.registrykit.maintenance;

import io.registrykit.model.Digest;
import io.registrykit.spi.store.BlobUpload;
import io.registrykit.spi.store.Change;
import io.registrykit.spi.store.RegistryStore;
import java.io.IOException;
import java.lang.reflect.Method;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A store as one actor sees it, who stops before every single call and remembers every answer.
 * Several may be on one store.
 */
final class SteppedStore {
  private final RegistryStore store;
  private final Turns.Actor actor;
  private final Mutant mutant;
  private final Clock clock;

  /** When each blob was touched last, which only the store knows. */
  private final Map<Digest, Instant> touches;

  private final Set<Digest> linked = new HashSet<>();

  SteppedStore(
      RegistryStore store,
      Clock clock,
      Turns.Actor actor,
      Mutant mutant,
      Map<Digest, Instant> touches) {
    this.store = store;
    this.actor = actor;
    this.mutant = mutant;
    this.clock = clock;
    this.touches = touches;
  }

  RegistryStore asStore() {
    return ProxiedPorts.of(store, this::call);
  }

  private @Nullable Object call(
      Object target, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
    if (isPrivate(method)) {
      return ProxiedPorts.invoke(target, method, arguments);
    }
    actor.stop();
    try {
      if (method.getName().equals("touch")
          && arguments != null
          && mutant.forgetsTouch(linked.contains((Digest) arguments[0]))) {
        actor.saw("touch forgotten");
        return true;
      }
      Object answer = answer(target, method, arguments);
      remember(method.getName(), arguments, answer);
      return answer;
    } catch (IOException | RuntimeException e) {
      actor.saw(method.getName() + " fails: " + e);
      throw e;
    }
  }

  /** What nobody else sees needs no turn. */
  private static boolean isPrivate(Method method) {
    return method.getDeclaringClass() == Object.class
        || (method.getDeclaringClass() == BlobUpload.class && !method.getName().equals("commit"));
  }

  @SuppressWarnings("unchecked") // the port says so
  private @Nullable Object answer(
      Object target, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
    if (method.getName().equals("forEach") && arguments != null) {
      Set<Digest> seen = new TreeSet<>();
      store.blobs().forEach(seen::add);
      seen.forEach((Consumer<? super Digest>) arguments[0]);
      return seen;
    }
    Object answer = ProxiedPorts.invoke(target, method, mutant.mutate(method.getName(), arguments));
    return answer instanceof BlobUpload upload
        ? ProxiedPorts.of(BlobUpload.class, upload, this::call)
        : answer;
  }

  @SuppressWarnings("unchecked")
  private void remember(
      String method, @Nullable Object @Nullable [] arguments, @Nullable Object answer) {
    boolean upload = answer instanceof BlobUpload;
    if (arguments != null && !upload && arguments[0] instanceof Digest digest) {
      if (method.equals("touch") && Boolean.TRUE.equals(answer)) {
        touches.put(digest, (Instant) arguments[1]);
      } else if (method.equals("deleteIfUntouchedSince") && Boolean.TRUE.equals(answer)) {
        touches.remove(digest);
      } else if (answer instanceof Long) {
        touches.put(digest, clock.instant());
      }
    }
    if (arguments != null && method.equals("commit") && arguments.length == 3) {
      for (Change change : (List<Change>) arguments[2]) {
        if (change instanceof Change.LinkBlob link) {
          linked.add(link.digest());
        }
      }
    }
    actor.saw(method + (upload ? "" : " " + answer));
  }
}
