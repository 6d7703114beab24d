package io.registrykit.interop.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.containers.containerregistry.ContainerRegistryAsyncClient;
import com.azure.containers.containerregistry.ContainerRegistryContentAsyncClient;
import com.azure.containers.containerregistry.ContainerRepositoryAsync;
import com.azure.containers.containerregistry.RegistryArtifactAsync;
import com.azure.containers.containerregistry.models.ArtifactManifestOrder;
import com.azure.containers.containerregistry.models.ArtifactManifestProperties;
import com.azure.containers.containerregistry.models.ArtifactTagOrder;
import com.azure.containers.containerregistry.models.ArtifactTagProperties;
import com.azure.containers.containerregistry.models.ContainerRepositoryProperties;
import com.azure.containers.containerregistry.models.SetManifestOptions;
import com.azure.containers.containerregistry.models.UploadRegistryBlobResult;
import com.azure.core.exception.ResourceNotFoundException;
import com.azure.core.util.BinaryData;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** Every method of the asynchronous clients of the SDK. */
abstract class AsyncContract {
  private static final String NAME = "team/async";
  private static final Duration DEADLINE = Duration.ofSeconds(60);

  abstract Clients clients();

  private static <T> T await(Mono<T> mono) {
    return Objects.requireNonNull(mono.block(DEADLINE));
  }

  private static void awaitEnd(Mono<Void> mono) {
    mono.block(DEADLINE);
  }

  private ContainerRepositoryAsync repository() {
    return clients().registryAsync().getRepository(NAME);
  }

  private String push(String tag) {
    return Samples.push(clients().content(NAME), tag, tag);
  }

  @Test
  void listsAndDeletesRepositories() {
    push("v1");
    ContainerRegistryAsyncClient client = clients().registryAsync();

    assertThat(client.getEndpoint()).isEqualTo(clients().endpoint());
    assertThat(await(client.listRepositoryNames().collectList())).containsExactly(NAME);
    assertThat(await(client.deleteRepositoryWithResponse(NAME)).getStatusCode()).isEqualTo(202);
    awaitEnd(client.deleteRepository(NAME));
    push("v1");
    awaitEnd(repository().delete());
    assertThat(await(repository().deleteWithResponse()).getStatusCode()).isEqualTo(202);
    assertThat(await(client.listRepositoryNames().collectList())).isEmpty();
  }

  @Test
  void showsAndLocksARepository() {
    push("v1");
    ContainerRepositoryAsync repository = repository();

    assertThat(repository.getName()).isEqualTo(NAME);
    assertThat(repository.getRegistryEndpoint()).isEqualTo(clients().endpoint());
    assertThat(await(repository.getProperties()).getTagCount()).isOne();
    assertThat(await(repository.getPropertiesWithResponse()).getStatusCode()).isEqualTo(200);
    assertThat(
            await(
                    repository.updateProperties(
                        new ContainerRepositoryProperties().setListEnabled(false)))
                .isListEnabled())
        .isFalse();
    assertThat(await(clients().registryAsync().listRepositoryNames().collectList())).isEmpty();
    assertThat(
            await(
                    repository.updatePropertiesWithResponse(
                        new ContainerRepositoryProperties().setListEnabled(true)))
                .getValue()
                .isListEnabled())
        .isTrue();
  }

  @Test
  void showsAndLocksAManifest() {
    String digest = push("v1");
    RegistryArtifactAsync artifact = repository().getArtifact("v1");

    assertThat(await(artifact.getManifestProperties()).getDigest()).isEqualTo(digest);
    assertThat(await(artifact.getManifestPropertiesWithResponse()).getStatusCode()).isEqualTo(200);
    assertThat(artifact.getRepositoryName()).isEqualTo(NAME);
    assertThat(artifact.getRegistryEndpoint()).isEqualTo(clients().endpoint());
    assertThat(artifact.getFullyQualifiedReference()).endsWith(NAME + ":v1");
    assertThat(
            await(
                    artifact.updateManifestProperties(
                        new ArtifactManifestProperties().setWriteEnabled(false)))
                .isWriteEnabled())
        .isFalse();
    assertThat(
            await(
                    artifact.updateManifestPropertiesWithResponse(
                        new ArtifactManifestProperties().setWriteEnabled(true)))
                .getValue()
                .isWriteEnabled())
        .isTrue();
    assertThat(
            await(
                repository()
                    .listManifestProperties(ArtifactManifestOrder.LAST_UPDATED_ON_DESCENDING)
                    .collectList()))
        .hasSize(1);
    assertThat(await(repository().listManifestProperties().collectList())).hasSize(1);
    awaitEnd(artifact.delete());
    push("v2");
    assertThat(await(repository().getArtifact("v2").deleteWithResponse()).getStatusCode())
        .isEqualTo(202);
  }

  @Test
  void showsListsAndLocksTags() {
    String digest = push("v1");
    RegistryArtifactAsync artifact = clients().registryAsync().getArtifact(NAME, digest);

    assertThat(await(artifact.getTagProperties("v1")).getDigest()).isEqualTo(digest);
    assertThat(await(artifact.getTagPropertiesWithResponse("v1")).getStatusCode()).isEqualTo(200);
    assertThat(await(artifact.listTagProperties().collectList())).hasSize(1);
    assertThat(
            await(
                artifact
                    .listTagProperties(ArtifactTagOrder.LAST_UPDATED_ON_ASCENDING)
                    .collectList()))
        .hasSize(1);
    assertThat(
            await(
                    artifact.updateTagProperties(
                        "v1", new ArtifactTagProperties().setDeleteEnabled(false)))
                .isDeleteEnabled())
        .isFalse();
    assertThat(
            await(
                    artifact.updateTagPropertiesWithResponse(
                        "v1", new ArtifactTagProperties().setDeleteEnabled(true)))
                .getValue()
                .isDeleteEnabled())
        .isTrue();
    awaitEnd(artifact.deleteTag("v1"));
    assertThat(await(artifact.deleteTagWithResponse("v1")).getStatusCode()).isEqualTo(202);
    assertThatThrownBy(() -> await(artifact.getTagProperties("v1")))
        .isInstanceOf(ResourceNotFoundException.class);
  }

  @Test
  void movesContent() {
    byte[] bytes = Samples.bytes(9 * 1024 * 1024 + 7);
    ContainerRegistryContentAsyncClient content = clients().contentAsync(NAME);
    assertThat(content.getRepositoryName()).isEqualTo(NAME);
    assertThat(content.getEndpoint()).isEqualTo(clients().endpoint());
    UploadRegistryBlobResult layer = await(content.uploadBlob(BinaryData.fromBytes(bytes)));
    UploadRegistryBlobResult config = await(content.uploadBlob(BinaryData.fromString("{}")));

    assertThat(await(content.downloadStream(layer.getDigest())).toBytes()).isEqualTo(bytes);
    String digest = await(content.setManifest(Samples.manifest(config, layer), "v1")).getDigest();
    assertThat(
            await(
                    content.setManifestWithResponse(
                        new SetManifestOptions(Samples.manifest(config, layer)).setTag("v2")))
                .getValue()
                .getDigest())
        .isEqualTo(digest);
    for (String reference : List.of("v1", digest)) {
      assertThat(await(content.getManifest(reference)).getDigest()).isEqualTo(digest);
      assertThat(await(content.getManifestWithResponse(reference)).getStatusCode()).isEqualTo(200);
    }
    awaitEnd(content.deleteManifest(digest));
    assertThat(await(content.deleteManifestWithResponse(digest)).getStatusCode()).isEqualTo(202);
    awaitEnd(content.deleteBlob(config.getDigest()));
    assertThat(await(content.deleteBlobWithResponse(layer.getDigest())).getStatusCode())
        .isEqualTo(202);
  }
}
