package io.registrykit.interop.azure;

import io.registrykit.EmbeddedRegistry;
import io.registrykit.api.RegistryApi;
import io.registrykit.auth.AccessRules;
import io.registrykit.auth.AdminAccount;
import io.registrykit.auth.Directory;
import io.registrykit.auth.PasswordName;
import io.registrykit.auth.Principals;
import io.registrykit.auth.RegistryAccess;
import io.registrykit.auth.RepositoryPattern;
import io.registrykit.auth.Role;
import io.registrykit.server.jdk.RegistryServer;
import io.registrykit.server.jdk.Tls;
import io.registrykit.spi.store.RegistryStore;
import io.registrykit.store.memory.MemoryDocuments;
import io.registrykit.store.memory.MemoryStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Clock;
import java.util.List;

/** A registry with a directory, an owner, a reader and an admin account, on a free port. */
final class AzureRegistry implements AutoCloseable {
  static final String OWNER = "11111111-1111-1111-1111-111111111111";
  static final String READER = "22222222-2222-2222-2222-222222222222";

  /** One certificate for the whole process: the JDK reads its trust store once. */
  private static final Tls TLS = trusted();

  private final RegistryStore store = MemoryStore.create();
  private final MemoryDocuments documents = new MemoryDocuments();
  private final Directory directory = new Directory("a-tenant", documents, Clock.systemUTC());
  private final AccessRules rules = new AccessRules(directory::groupsOf);
  private final AdminAccount admin = new AdminAccount("registry", Clock.systemUTC());
  private final RegistryServer server;
  private final String ownerSecret;
  private final String readerSecret;
  private final String adminPassword;

  private AzureRegistry(boolean secure) throws IOException {
    this.ownerSecret = directory.addServicePrincipal(OWNER);
    this.readerSecret = directory.addServicePrincipal(READER);
    rules.assign(Principals.servicePrincipal(OWNER), Role.OWNER, RepositoryPattern.ALL);
    rules.assign(Principals.servicePrincipal(READER), Role.ACR_PULL, RepositoryPattern.ALL);
    rules.assign(admin.principal(), Role.OWNER, RepositoryPattern.ALL);
    this.adminPassword = admin.regenerate(PasswordName.PASSWORD1);
    admin.enable();
    RegistryAccess access =
        RegistryAccess.builder("localhost")
            .scheme(secure ? "https" : "http")
            .documents(documents)
            .identities(admin)
            .identities(directory)
            .authorizer(rules)
            .build();
    RegistryServer.Builder builder =
        RegistryServer.builder(
            RegistryApi.builder(EmbeddedRegistry.builder().store(store).build())
                .access(access)
                .build());
    this.server = (secure ? builder.tls(TLS) : builder).start();
  }

  static AzureRegistry overHttps() {
    return start(true);
  }

  static AzureRegistry overHttp() {
    return start(false);
  }

  private static AzureRegistry start(boolean secure) {
    try {
      return new AzureRegistry(secure);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Tls trusted() {
    try {
      Tls tls = Tls.selfSigned();
      KeyStore trust = KeyStore.getInstance("PKCS12");
      trust.load(null, null);
      trust.setCertificateEntry(
          "registry",
          CertificateFactory.getInstance("X.509")
              .generateCertificate(
                  new ByteArrayInputStream(
                      tls.certificatePem().getBytes(StandardCharsets.US_ASCII))));
      Path file = Files.createTempFile("registrykit-azure", ".p12");
      file.toFile().deleteOnExit();
      try (OutputStream out = Files.newOutputStream(file)) {
        trust.store(out, "changeit".toCharArray());
      }
      System.setProperty("javax.net.ssl.trustStore", file.toString());
      System.setProperty("javax.net.ssl.trustStorePassword", "changeit");
      return tls;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  String endpoint() {
    return server.uri().getScheme() + "://localhost:" + server.port();
  }

  String adminPassword() {
    return adminPassword;
  }

  /** What a login of Azure would get from the cloud. */
  String providerToken(String id) {
    try {
      return directory.issueToken(id, id.equals(OWNER) ? ownerSecret : readerSecret).orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void letEverybodyPull() {
    rules.anonymousPull(List.of(RepositoryPattern.ALL));
  }

  @Override
  public void close() throws IOException {
    server.close();
    store.close();
  }
}
