package io.registrykit.interop.clients;

import io.registrykit.interop.harness.Command;
import io.registrykit.interop.harness.LiveRegistry;
import io.registrykit.interop.harness.SampleImage;
import io.registrykit.interop.harness.Tools;
import io.registrykit.interop.harness.Wire;
import java.nio.file.Path;

/** Puts images into the registry for clients that only pull. */
final class Images {
  private Images() {}

  /** An OCI layout with one image, named {@code 1}, made by umoci. */
  static Path layout(SampleImage image, Path folder) {
    Command umoci = Command.in(folder, Tools.require("umoci"));
    Path layout = folder.resolve("layout");
    umoci.run("init", "--layout", layout.toString());
    umoci.run("new", "--image", layout + ":1");
    umoci.run("insert", "--image", layout + ":1", image.rootfs().toString(), "/");
    umoci.run("config", "--image", layout + ":1", "--config.cmd", "/bin/busybox");
    return layout;
  }

  static void pushWithSkopeo(
      LiveRegistry registry, Wire wire, SampleImage image, Path folder, String name) {
    Skopeo.in(folder)
        .run(
            "copy",
            "-q",
            Skopeo.target(registry, wire),
            "oci:" + layout(image, folder) + ":1",
            "docker://" + registry.image(name));
  }
}
