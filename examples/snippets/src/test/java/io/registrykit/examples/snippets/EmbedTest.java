package io.registrykit.examples.snippets;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrykit.EmbeddedRegistry;
import io.registrykit.Repository;
import io.registrykit.model.Bytes;
import io.registrykit.model.Digest;
import io.registrykit.model.DigestAlgorithm;
import io.registrykit.model.RepositoryName;
import io.registrykit.store.memory.MemoryStore;
import org.junit.jupiter.api.Test;

// snippet: embed
class EmbedTest {
  @Test
  void pushesABlob() {
    EmbeddedRegistry registry = EmbeddedRegistry.builder().store(MemoryStore.create()).build();
    Repository build = registry.repository(RepositoryName.parse("warranty-dept/dotnet/build"));

    Bytes content = Bytes.utf8("hello");
    Digest digest = content.digest(DigestAlgorithm.SHA256);
    build.pushBlob(digest, content.asInputStream());

    assertThat(build.blobSize(digest)).hasValue(5);
  }
}
// end
