package io.registrykit.client.testing;

import io.registrykit.Repository;
import io.registrykit.client.image.Image;
import io.registrykit.client.image.LayerBuilder;
import io.registrykit.manifest.Platform;
import io.registrykit.model.Bytes;
import io.registrykit.model.Digest;
import io.registrykit.model.Tag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** Images with real layers, whose configurations name the right digests. */
public final class RealImage {
  private RealImage() {}

  /** Pushes an image with two layers, of which the first is the same in all. */
  public static Digest push(Repository repository, Path scratch, String text, Set<Tag> tags)
      throws IOException {
    Path folder = Files.createTempDirectory(scratch, "image");
    return Image.scratch(new Platform("linux", "amd64"))
        .append(
            new LayerBuilder()
                .add("base", Bytes.utf8("the same everywhere"), false)
                .build(folder.resolve("1")))
        .append(new LayerBuilder().add("own", Bytes.utf8(text), true).build(folder.resolve("2")))
        .push(repository, tags)
        .descriptor()
        .digest();
  }
}
