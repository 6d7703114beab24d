package io.registrykit.interop.clients;

import io.registrykit.interop.harness.Command;
import io.registrykit.interop.harness.LiveRegistry;
import io.registrykit.interop.harness.Tools;
import io.registrykit.interop.harness.Wire;
import java.nio.file.Path;

/** Words that skopeo, podman and buildah need to reach the registry. */
final class Skopeo {
  private Skopeo() {}

  static Command in(Path folder) {
    return Command.in(folder, Tools.require("skopeo"), "--insecure-policy");
  }

  /** Plain HTTP has to be allowed; a certificate is checked against the one that is given. */
  static String reach(LiveRegistry registry, Wire wire) {
    return wire == Wire.HTTP ? "--tls-verify=false" : "--cert-dir=" + folder(registry);
  }

  static String source(LiveRegistry registry, Wire wire) {
    return wire == Wire.HTTP ? "--src-tls-verify=false" : "--src-cert-dir=" + folder(registry);
  }

  static String target(LiveRegistry registry, Wire wire) {
    return wire == Wire.HTTP ? "--dest-tls-verify=false" : "--dest-cert-dir=" + folder(registry);
  }

  private static Path folder(LiveRegistry registry) {
    return registry.certificate().getParent();
  }
}
