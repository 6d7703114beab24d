package io.registrykit.auth;

import io.registrykit.spi.auth.TokenIssuer;
import io.registrykit.spi.store.DocumentStore;
import io.registrykit.spi.tck.TokenIssuerContract;
import io.registrykit.store.memory.MemoryDocuments;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

class JwtTokenIssuerContractTest extends TokenIssuerContract {
  private final Map<String, DocumentStore> documents = new HashMap<>();

  @Override
  protected TokenIssuer issuer(String audience, Clock clock, String keys) {
    return new JwtTokenIssuer(
        documents.computeIfAbsent(keys, name -> new MemoryDocuments()), audience, clock);
  }
}
