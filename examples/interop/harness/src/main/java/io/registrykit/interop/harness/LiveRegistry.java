package io.registrykit.interop.harness;

import io.registrykit.EmbeddedRegistry;
import io.registrykit.RegistryPolicy;
import io.registrykit.api.ApiRequest;
import io.registrykit.api.ApiResponse;
import io.registrykit.api.RegistryApi;
import io.registrykit.api.RequestHandler;
import io.registrykit.auth.OpenAccess;
import io.registrykit.model.PageRequest;
import io.registrykit.model.RepositoryName;
import io.registrykit.server.jdk.RegistryServer;
import io.registrykit.server.jdk.Tls;
import io.registrykit.spi.store.RegistryStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The registry under test, empty, on a free port of 127.0.0.1. Remembers what it was asked. Closing
 * it stops the server and drops the store.
 */
public final class LiveRegistry implements AutoCloseable {
  private static final int ALL = 1000;

  private final RegistryStore store;
  private final RegistryServer server;
  private final Path certificate;
  private final @Nullable Accounts accounts;
  private final Queue<SeenRequest> seen;

  private LiveRegistry(
      RegistryStore store,
      RegistryServer server,
      Path certificate,
      @Nullable Accounts accounts,
      Queue<SeenRequest> seen) {
    this.store = store;
    this.server = server;
    this.certificate = certificate;
    this.accounts = accounts;
    this.seen = seen;
  }

  /**
   * Starts a strict registry.
   *
   * @param wire how it is reached
   * @param folder gets the folder {@code certificates} and, for a store on disk, the store
   * @return the registry
   * @throws IOException if it cannot start
   */
  public static LiveRegistry start(Wire wire, Path folder) throws IOException {
    return start(wire, folder, RegistryPolicy.strict());
  }

  /**
   * Starts a registry that everybody may use.
   *
   * @param wire how it is reached
   * @param folder gets the folder {@code certificates} and, for a store on disk, the store
   * @param policy what it takes
   * @return the registry
   * @throws IOException if it cannot start
   */
  public static LiveRegistry start(Wire wire, Path folder, RegistryPolicy policy)
      throws IOException {
    return start(wire, folder, policy, null, builder -> builder.authorizer(OpenAccess.readWrite()));
  }

  /**
   * Starts a registry with access rules and one account for each {@link Identity}.
   *
   * @param wire how it is reached
   * @param folder gets the folder {@code certificates} and, for a store on disk, the store
   * @param policy what it takes
   * @return the registry
   * @throws IOException if it cannot start
   */
  public static LiveRegistry startClosed(Wire wire, Path folder, RegistryPolicy policy)
      throws IOException {
    Accounts accounts = new Accounts(Stores.documents(folder));
    return start(wire, folder, policy, accounts, builder -> builder.access(accounts.access(wire)));
  }

  private static LiveRegistry start(
      Wire wire,
      Path folder,
      RegistryPolicy policy,
      @Nullable Accounts accounts,
      UnaryOperator<RegistryApi.Builder> access)
      throws IOException {
    RegistryStore store = Stores.open(folder);
    EmbeddedRegistry registry = EmbeddedRegistry.builder().store(store).policy(policy).build();
    Queue<SeenRequest> seen = new ConcurrentLinkedQueue<>();
    RequestHandler api = access.apply(RegistryApi.builder(registry)).build();
    RegistryServer.Builder builder = RegistryServer.builder(request -> record(api, request, seen));
    Path certificate = Files.createDirectories(folder.resolve("certificates")).resolve("ca.crt");
    if (wire == Wire.TLS) {
      Tls tls = Tls.selfSigned();
      Files.writeString(certificate, tls.certificatePem());
      builder.tls(tls);
    }
    return new LiveRegistry(store, builder.start(), certificate, accounts, seen);
  }

  private static ApiResponse record(
      RequestHandler api, ApiRequest request, Queue<SeenRequest> seen) {
    ApiResponse response = api.handle(request);
    String mount = request.query().first("mount").orElse("");
    seen.add(new SeenRequest(request.method(), request.rawPath(), mount, response.status()));
    return response;
  }

  /**
   * Where the registry is, as the first part of an image name.
   *
   * @return address and port
   */
  public String host() {
    return "127.0.0.1:" + server.port();
  }

  /**
   * Where the registry is.
   *
   * @return scheme, address and port
   */
  public URI uri() {
    return server.uri();
  }

  /**
   * An image in the registry.
   *
   * @param rest repository and tag or digest
   * @return the full name
   */
  public String image(String rest) {
    return host() + "/" + rest;
  }

  /**
   * The certificate, when the registry has one.
   *
   * @return a file in PEM form
   */
  public Path certificate() {
    return certificate;
  }

  /**
   * What was asked so far.
   *
   * @return in the order of the answers
   */
  public List<SeenRequest> seen() {
    return List.copyOf(seen);
  }

  /**
   * The repositories that there are, whoever may see them.
   *
   * @return their names
   * @throws IOException if the store cannot be read
   */
  public List<String> repositories() throws IOException {
    return store.repositories().repositories(PageRequest.first(ALL)).items().stream()
        .map(RepositoryName::value)
        .toList();
  }

  /**
   * What somebody types to sign in to a registry with access rules.
   *
   * @param identity who
   * @return name and secret, fetched anew when it is a token
   * @throws IOException if a token cannot be fetched
   */
  public Login login(Identity identity) throws IOException {
    Accounts known = Objects.requireNonNull(accounts, "nobody signs in to an open registry");
    return identity == Identity.REFRESH_TOKEN
        ? TokenExchange.run(uri(), certificate, known.providerToken())
        : known.login(identity);
  }

  @Override
  public void close() throws IOException {
    server.close();
    store.close();
  }
}
