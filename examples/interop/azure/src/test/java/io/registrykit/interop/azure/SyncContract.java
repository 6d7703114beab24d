package io.registrykit.interop.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.containers.containerregistry.ContainerRegistryClient;
import com.azure.containers.containerregistry.ContainerRegistryContentClient;
import com.azure.containers.containerregistry.ContainerRepository;
import com.azure.containers.containerregistry.RegistryArtifact;
import com.azure.containers.containerregistry.models.ArtifactManifestOrder;
import com.azure.containers.containerregistry.models.ArtifactManifestProperties;
import com.azure.containers.containerregistry.models.ArtifactTagOrder;
import com.azure.containers.containerregistry.models.ArtifactTagProperties;
import com.azure.containers.containerregistry.models.ContainerRepositoryProperties;
import com.azure.containers.containerregistry.models.GetManifestResult;
import com.azure.containers.containerregistry.models.ManifestMediaType;
import com.azure.containers.containerregistry.models.SetManifestOptions;
import com.azure.containers.containerregistry.models.UploadRegistryBlobResult;
import com.azure.core.exception.HttpResponseException;
import com.azure.core.exception.ResourceNotFoundException;
import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import java.io.ByteArrayOutputStream;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every method of the synchronous clients of the SDK. */
abstract class SyncContract {
  private static final String NAME = "team/app";

  abstract Clients clients();

  private ContainerRegistryClient registry() {
    return clients().registry();
  }

  private ContainerRepository repository() {
    return registry().getRepository(NAME);
  }

  private String push(String tag) {
    return Samples.push(clients().content(NAME), tag, tag);
  }

  @Test
  void listsMoreRepositoriesThanFitOnePage() {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 250; i++) {
      names.add("many/r%03d".formatted(i));
      clients().content(names.get(i)).uploadBlob(BinaryData.fromString("x"));
    }
    ContainerRegistryClient client = registry();

    assertThat(client.listRepositoryNames()).containsExactlyElementsOf(names);
    assertThat(client.listRepositoryNames(Context.NONE).streamByPage(17))
        .flatMap(page -> page.getValue())
        .hasSize(250);
    assertThat(client.getEndpoint()).isEqualTo(clients().endpoint());
  }

  @Test
  void deletesARepository() {
    push("v1");
    ContainerRegistryClient client = registry();

    assertThat(client.deleteRepositoryWithResponse(NAME, Context.NONE).getStatusCode())
        .isEqualTo(202);
    assertThat(client.listRepositoryNames()).isEmpty();
    client.deleteRepository(NAME);
    push("v1");
    repository().delete();
    assertThat(repository().deleteWithResponse(Context.NONE).getStatusCode()).isEqualTo(202);
  }

  @Test
  void showsAndLocksARepository() {
    push("v1");
    push("v2");
    ContainerRepository repository = repository();
    ContainerRepositoryProperties shown = repository.getProperties();

    assertThat(shown.getName()).isEqualTo(NAME);
    assertThat(shown.getManifestCount()).isEqualTo(2);
    assertThat(shown.getTagCount()).isEqualTo(2);
    assertThat(shown.getCreatedOn()).isNotNull();
    assertThat(shown.getLastUpdatedOn()).isAfterOrEqualTo(shown.getCreatedOn());
    assertThat(shown.getRegistryLoginServer()).isNotEmpty();
    assertThat(repository.getName()).isEqualTo(NAME);
    assertThat(repository.getRegistryEndpoint()).isEqualTo(clients().endpoint());
    assertThat(repository.getPropertiesWithResponse(Context.NONE).getStatusCode()).isEqualTo(200);

    ContainerRepositoryProperties locked =
        repository.updateProperties(new ContainerRepositoryProperties().setDeleteEnabled(false));
    assertThat(locked.isDeleteEnabled()).isFalse();
    assertThat(locked.isWriteEnabled()).isTrue();
    assertThatThrownBy(repository::delete)
        .isInstanceOfSatisfying(
            HttpResponseException.class,
            e -> assertThat(e.getResponse().getStatusCode()).isEqualTo(405));
    repository.updatePropertiesWithResponse(
        new ContainerRepositoryProperties().setDeleteEnabled(true), Context.NONE);
    repository.delete();
    assertThatThrownBy(repository::getProperties).isInstanceOf(ResourceNotFoundException.class);
  }

  @Test
  void listsManifestsByNameAndTime() {
    List<String> digests = List.of(push("v1"), push("v2"), push("v3"));
    ContainerRepository repository = repository();

    assertThat(repository.listManifestProperties())
        .extracting(ArtifactManifestProperties::getDigest)
        .containsExactlyInAnyOrderElementsOf(digests);
    assertThat(repository.listManifestProperties(ArtifactManifestOrder.LAST_UPDATED_ON_ASCENDING))
        .extracting(ArtifactManifestProperties::getDigest)
        .containsExactlyElementsOf(digests);
    assertThat(
            repository
                .listManifestProperties(
                    ArtifactManifestOrder.LAST_UPDATED_ON_DESCENDING, Context.NONE)
                .streamByPage(1))
        .hasSize(3)
        .flatMap(page -> page.getValue())
        .extracting(ArtifactManifestProperties::getDigest)
        .containsExactly(digests.get(2), digests.get(1), digests.get(0));
  }

  @Test
  void showsAndLocksAManifest() {
    String digest = push("v1");
    RegistryArtifact artifact = repository().getArtifact("v1");
    ArtifactManifestProperties shown = artifact.getManifestProperties();

    assertThat(shown.getDigest()).isEqualTo(digest);
    assertThat(shown.getTags()).containsExactly("v1");
    assertThat(shown.getArchitecture()).hasToString("arm64");
    assertThat(shown.getOperatingSystem()).hasToString("linux");
    assertThat(shown.getSizeInBytes()).isPositive();
    assertThat(shown.getRepositoryName()).isEqualTo(NAME);
    assertThat(artifact.getManifestPropertiesWithResponse(Context.NONE).getStatusCode())
        .isEqualTo(200);
    assertThat(artifact.getRepositoryName()).isEqualTo(NAME);
    assertThat(artifact.getRegistryEndpoint()).isEqualTo(clients().endpoint());
    assertThat(artifact.getFullyQualifiedReference()).endsWith(NAME + ":v1");

    assertThat(
            artifact
                .updateManifestProperties(new ArtifactManifestProperties().setReadEnabled(false))
                .isReadEnabled())
        .isFalse();
    assertThatThrownBy(() -> clients().content(NAME).getManifest(digest))
        .isInstanceOf(HttpResponseException.class);
    assertThat(
            artifact
                .updateManifestPropertiesWithResponse(
                    new ArtifactManifestProperties().setReadEnabled(true).setDeleteEnabled(false),
                    Context.NONE)
                .getValue()
                .isDeleteEnabled())
        .isFalse();
    assertThatThrownBy(artifact::delete).isInstanceOf(HttpResponseException.class);
    artifact.updateManifestProperties(new ArtifactManifestProperties().setDeleteEnabled(true));
    assertThat(artifact.deleteWithResponse(Context.NONE).getStatusCode()).isEqualTo(202);
    assertThatThrownBy(() -> repository().getArtifact("v1").getManifestProperties())
        .isInstanceOf(ResourceNotFoundException.class);
  }

  @Test
  void showsListsAndLocksTags() {
    String digest = push("v1");
    ContainerRegistryContentClient content = clients().content(NAME);
    BinaryData manifest = BinaryData.fromBytes(content.getManifest(digest).getManifest().toBytes());
    for (String tag : List.of("b", "a")) {
      content.setManifestWithResponse(
          new SetManifestOptions(manifest, ManifestMediaType.OCI_IMAGE_MANIFEST).setTag(tag),
          Context.NONE);
    }
    push("other");
    RegistryArtifact artifact = registry().getArtifact(NAME, digest);

    assertThat(artifact.listTagProperties())
        .extracting(ArtifactTagProperties::getName)
        .containsExactly("a", "b", "v1");
    assertThat(artifact.listTagProperties(ArtifactTagOrder.LAST_UPDATED_ON_ASCENDING))
        .extracting(ArtifactTagProperties::getName)
        .containsExactly("v1", "b", "a");
    assertThat(
            artifact
                .listTagProperties(ArtifactTagOrder.LAST_UPDATED_ON_DESCENDING, Context.NONE)
                .streamByPage(2))
        .hasSize(2)
        .flatMap(page -> page.getValue())
        .extracting(ArtifactTagProperties::getName)
        .containsExactly("a", "b", "v1");

    ArtifactTagProperties shown = artifact.getTagProperties("a");
    assertThat(shown.getDigest()).isEqualTo(digest);
    assertThat(shown.getRepositoryName()).isEqualTo(NAME);
    assertThat(shown.getCreatedOn()).isNotNull();
    assertThat(artifact.getTagPropertiesWithResponse("a", Context.NONE).getStatusCode())
        .isEqualTo(200);
    assertThat(
            artifact
                .updateTagProperties("a", new ArtifactTagProperties().setWriteEnabled(false))
                .isWriteEnabled())
        .isFalse();
    assertThatThrownBy(() -> push("a")).isInstanceOf(HttpResponseException.class);
    assertThatThrownBy(() -> artifact.deleteTag("a")).isInstanceOf(HttpResponseException.class);
    artifact.updateTagPropertiesWithResponse(
        "a", new ArtifactTagProperties().setWriteEnabled(true), Context.NONE);
    assertThat(artifact.deleteTagWithResponse("a", Context.NONE).getStatusCode()).isEqualTo(202);
    artifact.deleteTag("b");
    artifact.deleteTag("never");
    assertThat(artifact.listTagProperties())
        .extracting(ArtifactTagProperties::getName)
        .containsExactly("v1");
    assertThatThrownBy(() -> artifact.getTagProperties("a"))
        .isInstanceOf(ResourceNotFoundException.class);
  }

  @Test
  void uploadsAndDownloadsInChunks() throws Exception {
    byte[] bytes = Samples.bytes(9 * 1024 * 1024 + 7);
    ContainerRegistryContentClient content = clients().content(NAME);
    UploadRegistryBlobResult layer = content.uploadBlob(BinaryData.fromBytes(bytes));

    assertThat(layer.getSizeInBytes()).isEqualTo(bytes.length);
    ByteArrayOutputStream downloaded = new ByteArrayOutputStream();
    content.downloadStream(layer.getDigest(), Channels.newChannel(downloaded));
    assertThat(downloaded.toByteArray()).isEqualTo(bytes);
    downloaded.reset();
    content.downloadStream(layer.getDigest(), Channels.newChannel(downloaded), Context.NONE);
    assertThat(downloaded.size()).isEqualTo(bytes.length);

    for (int exact : new int[] {0, 4 * 1024 * 1024, 8 * 1024 * 1024}) {
      assertThat(
              content
                  .uploadBlob(BinaryData.fromBytes(Samples.bytes(exact)), Context.NONE)
                  .getSizeInBytes())
          .isEqualTo(exact);
    }
    assertThat(content.deleteBlobWithResponse(layer.getDigest(), Context.NONE).getStatusCode())
        .isEqualTo(202);
    content.deleteBlob(layer.getDigest());
    assertThatThrownBy(
            () ->
                content.downloadStream(
                    layer.getDigest(), Channels.newChannel(new ByteArrayOutputStream())))
        .isInstanceOfSatisfying(
            HttpResponseException.class,
            e -> assertThat(e.getResponse().getStatusCode()).isEqualTo(404));
  }

  @Test
  void pushesPullsAndDeletesManifests() {
    ContainerRegistryContentClient content = clients().content(NAME);
    assertThat(content.getRepositoryName()).isEqualTo(NAME);
    assertThat(content.getEndpoint()).isEqualTo(clients().endpoint());
    UploadRegistryBlobResult config = content.uploadBlob(BinaryData.fromString("{}"));
    String digest = content.setManifest(Samples.manifest(config, config), null).getDigest();

    GetManifestResult byDigest = content.getManifest(digest);
    assertThat(byDigest.getDigest()).isEqualTo(digest);
    assertThat(byDigest.getManifestMediaType()).isEqualTo(ManifestMediaType.OCI_IMAGE_MANIFEST);
    assertThat(
            content
                .setManifestWithResponse(
                    new SetManifestOptions(Samples.manifest(config, config)).setTag("v1"),
                    Context.NONE)
                .getValue()
                .getDigest())
        .isEqualTo(digest);
    assertThat(content.getManifestWithResponse("v1", Context.NONE).getValue().getDigest())
        .isEqualTo(digest);
    assertThat(content.deleteManifestWithResponse(digest, Context.NONE).getStatusCode())
        .isEqualTo(202);
    content.deleteManifest(digest);
    assertThatThrownBy(() -> content.getManifest("v1"))
        .isInstanceOf(ResourceNotFoundException.class);
  }
}
