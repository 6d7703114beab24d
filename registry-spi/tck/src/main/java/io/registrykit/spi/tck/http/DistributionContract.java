package io.registrykit.spi.tck.http;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import org.junit.jupiter.api.Nested;

/**
 * What the OCI distribution specification asks of a registry, as tests over HTTP: extend it and say
 * where the registry is. It may be one that exists already: each test works in a repository of its
 * own, below {@code contract/}, and leaves what it pushed.
 *
 * <pre>{@code
 * class MyServerTest extends DistributionContract {
 *   @Override
 *   protected URI registry() {
 *     return server.uri();
 *   }
 * }
 * }</pre>
 *
 * <p>What the specification leaves open is skipped where the registry does not offer it.
 */
public abstract class DistributionContract {

  /** For subclasses. */
  protected DistributionContract() {}

  /**
   * Tells where the registry under test is.
   *
   * @return its address up to, not including, {@code /v2/}
   * @throws Exception if the registry cannot be started
   */
  protected abstract URI registry() throws Exception;

  /**
   * Makes the client that talks to the registry; override it for one that trusts another
   * certificate.
   *
   * @return a client that does not follow redirects to other schemes
   */
  protected HttpClient client() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NORMAL)
        .build();
  }

  /**
   * Adds what the registry needs to let a request in; nothing unless overridden.
   *
   * @param request the request as it stands
   * @return the request with its credentials
   */
  protected HttpRequest.Builder authorize(HttpRequest.Builder request) {
    return request;
  }

  /** Blobs: every way to push them, and pulling. */
  @Nested
  class Blobs extends BlobWorkflows {
    @Override
    Wire newWire() throws Exception {
      return wire();
    }
  }

  /** The state of an upload that goes on in pieces. */
  @Nested
  class Uploads extends UploadWorkflows {
    @Override
    Wire newWire() throws Exception {
      return wire();
    }
  }

  /** Parts of blobs. */
  @Nested
  class Ranges extends RangeWorkflows {
    @Override
    Wire newWire() throws Exception {
      return wire();
    }
  }

  /** Manifests and tags. */
  @Nested
  class Manifests extends ManifestWorkflows {
    @Override
    Wire newWire() throws Exception {
      return wire();
    }
  }

  /** Lists and their pages. */
  @Nested
  class Lists extends ListWorkflows {
    @Override
    Wire newWire() throws Exception {
      return wire();
    }
  }

  /** Manifests that name a subject. */
  @Nested
  class Referrers extends ReferrerWorkflows {
    @Override
    Wire newWire() throws Exception {
      return wire();
    }
  }

  /** What is refused, and how. */
  @Nested
  class Errors extends ErrorWorkflows {
    @Override
    Wire newWire() throws Exception {
      return wire();
    }
  }

  private Wire wire() throws Exception {
    return new Wire(client(), registry(), this::authorize);
  }
}
