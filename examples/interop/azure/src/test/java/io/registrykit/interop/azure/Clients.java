package io.registrykit.interop.azure;

import com.azure.containers.containerregistry.ContainerRegistryAsyncClient;
import com.azure.containers.containerregistry.ContainerRegistryClient;
import com.azure.containers.containerregistry.ContainerRegistryClientBuilder;
import com.azure.containers.containerregistry.ContainerRegistryContentAsyncClient;
import com.azure.containers.containerregistry.ContainerRegistryContentClient;
import com.azure.containers.containerregistry.ContainerRegistryContentClientBuilder;
import com.azure.containers.containerregistry.models.ContainerRegistryAudience;
import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpPipelineBuilder;
import com.azure.core.http.policy.FixedDelayOptions;
import com.azure.core.http.policy.HttpPipelinePolicy;
import com.azure.core.http.policy.RetryOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Makes the clients of the SDK for one registry in one way. */
record Clients(
    String endpoint,
    @Nullable TokenCredential credential,
    @Nullable HttpPipeline pipeline,
    @Nullable RetryOptions retries) {

  private Clients(
      String endpoint, @Nullable TokenCredential credential, @Nullable HttpPipeline pipeline) {
    this(endpoint, credential, pipeline, null);
  }

  /**
   * The same without retries. The SDK takes a refused sign-in for something that may pass: it tries
   * three times again, and its cache of tokens lets half a minute pass before each.
   */
  Clients withoutRetries() {
    return new Clients(
        endpoint,
        credential,
        pipeline,
        new RetryOptions(new FixedDelayOptions(0, Duration.ofMillis(1))));
  }

  /** The default pipeline with a credential that gives out a token of the directory. */
  static Clients withCredential(AzureRegistry registry, String id) {
    return new Clients(
        registry.endpoint(),
        request ->
            Mono.fromSupplier(
                () ->
                    new AccessToken(
                        registry.providerToken(id),
                        OffsetDateTime.now(ZoneOffset.UTC).plusHours(1))),
        null);
  }

  /** The default pipeline without a credential. */
  static Clients anonymous(AzureRegistry registry) {
    return new Clients(registry.endpoint(), null, null);
  }

  /** A pipeline that signs in with Basic, as the default one refuses plain HTTP. */
  static Clients withBasic(AzureRegistry registry) {
    String pair = "registry:" + registry.adminPassword();
    String header =
        "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    HttpPipelinePolicy basic =
        (context, next) -> {
          context.getHttpRequest().setHeader(HttpHeaderName.AUTHORIZATION, header);
          return next.process();
        };
    return new Clients(
        registry.endpoint(), null, new HttpPipelineBuilder().policies(basic).build());
  }

  private ContainerRegistryClientBuilder registryBuilder() {
    ContainerRegistryClientBuilder builder =
        new ContainerRegistryClientBuilder()
            .endpoint(endpoint)
            .audience(ContainerRegistryAudience.AZURE_RESOURCE_MANAGER_PUBLIC_CLOUD);
    if (credential != null) {
      builder.credential(credential);
    }
    if (retries != null) {
      builder.retryOptions(retries);
    }
    return pipeline == null ? builder : builder.pipeline(pipeline);
  }

  private ContainerRegistryContentClientBuilder contentBuilder(String repository) {
    ContainerRegistryContentClientBuilder builder =
        new ContainerRegistryContentClientBuilder()
            .endpoint(endpoint)
            .repositoryName(repository)
            .audience(ContainerRegistryAudience.AZURE_RESOURCE_MANAGER_PUBLIC_CLOUD);
    if (credential != null) {
      builder.credential(credential);
    }
    if (retries != null) {
      builder.retryOptions(retries);
    }
    return pipeline == null ? builder : builder.pipeline(pipeline);
  }

  ContainerRegistryClient registry() {
    return registryBuilder().buildClient();
  }

  ContainerRegistryAsyncClient registryAsync() {
    return registryBuilder().buildAsyncClient();
  }

  ContainerRegistryContentClient content(String repository) {
    return contentBuilder(repository).buildClient();
  }

  ContainerRegistryContentAsyncClient contentAsync(String repository) {
    return contentBuilder(repository).buildAsyncClient();
  }
}
