package io.registrykit.interop.clients;

import io.registrykit.interop.harness.Command;
import io.registrykit.interop.harness.LiveRegistry;
import io.registrykit.interop.harness.Login;
import io.registrykit.interop.harness.Wire;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** ctr, which has no login: it takes name and password with each command. */
final class CtrProgram implements Program {
  private final Containerd containerd;
  private final String[] way;
  private List<String> user = List.of();
  private String pulled = "";

  private CtrProgram(Containerd containerd, String[] way) {
    this.containerd = containerd;
    this.way = way;
  }

  static Program start(LiveRegistry registry, Wire wire, Path folder) throws IOException {
    return new CtrProgram(Containerd.start(false, folder), Containerd.way(registry, wire, folder));
  }

  private Command images(String verb) {
    return containerd.ctr().with("images", verb);
  }

  private Command reaching(String verb) {
    return images(verb).with(way).with(user.toArray(String[]::new));
  }

  @Override
  public Command.Outcome login(Login login) {
    user = List.of("--user", login.user() + ":" + login.secret());
    return containerd.ctr().run("version");
  }

  @Override
  public void logout() {
    user = List.of();
  }

  @Override
  public Command.Outcome pull(String image) {
    String[] names =
        images("ls").run("-q").out().lines().filter(name -> !name.isBlank()).toArray(String[]::new);
    if (names.length > 0) {
      images("rm").with("--sync").run(names);
    }
    pulled = image;
    return reaching("pull").attempt("--snapshotter", "native", image);
  }

  @Override
  public Command.Outcome push(String image) {
    return reaching("push").attempt(image, pulled);
  }

  @Override
  public void close() {
    containerd.close();
  }
}
