package io.registrykit.client.internal.endpoint;

import io.registrykit.client.HostOptions;
import io.registrykit.client.UploadJournal;
import io.registrykit.client.internal.http.CallLimits;
import io.registrykit.client.internal.upload.SingleFlight;
import io.registrykit.client.internal.upload.UploadEngine;
import io.registrykit.client.internal.upload.UploadProgress;
import io.registrykit.client.internal.upload.UploadSource;
import io.registrykit.model.Descriptor;
import io.registrykit.model.MediaType;
import io.registrykit.model.RepositoryName;
import java.io.IOException;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The upload of blobs. Safe for use by any number of threads.
 *
 * @param context the repository
 * @param options what is special about the registry
 * @param journal remembers sessions
 * @param flights keeps two threads from uploading the same
 */
public record UploadEndpoint(
    Context context, HostOptions options, UploadJournal journal, SingleFlight flights) {

  /**
   * Uploads a blob.
   *
   * @param source its bytes
   * @param mountFrom a repository that may have it, or null
   * @return its digest and size
   */
  public Descriptor push(UploadSource source, @Nullable RepositoryName mountFrom) {
    OptionalLong size = context.call(limits -> run(source, mountFrom, limits));
    long length =
        size.isPresent()
            ? size.getAsLong()
            : new BlobEndpoints(context).size(source.digest()).orElse(0);
    return new Descriptor(MediaType.OCTET_STREAM, source.digest(), length);
  }

  private OptionalLong run(
      UploadSource source, @Nullable RepositoryName mountFrom, CallLimits limits)
      throws IOException {
    UploadJournal.Key key =
        new UploadJournal.Key(
            context.transport().registry().authority(), context.repository(), source.digest());
    SingleFlight.Place place = flights.enter(key, limits);
    try {
      UploadProgress progress =
          new UploadProgress(context.options().listener(), source.digest(), source.size());
      return new UploadEngine(
              context.transport(),
              context.repository(),
              source,
              mountFrom,
              options,
              journal,
              limits,
              progress)
          .run();
    } finally {
      place.close();
    }
  }
}
