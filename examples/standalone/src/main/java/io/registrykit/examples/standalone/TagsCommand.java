package io.registrykit.examples.standalone;

import io.registrykit.client.RegistryClient;
import io.registrykit.client.RemoteRepository;
import io.registrykit.model.ImageReference;
import io.registrykit.model.Page;
import io.registrykit.model.PageRequest;
import io.registrykit.model.Tag;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists the tags of a repository. */
@Command(
    name = "tags",
    description = "List the tags of a repository.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class TagsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ClientOptions options;

  @Parameters(
      index = "0",
      paramLabel = "IMAGE",
      description = "Such as localhost:5000/team/app:v1.")
  private String image;

  /** Made by picocli. */
  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  TagsCommand() {}

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    try (RegistryClient client = options.open(err)) {
      RemoteRepository repository = client.repository(ImageReference.parse(image));
      Optional<PageRequest> request = Optional.of(PageRequest.first(1000));
      while (request.isPresent()) {
        Page<Tag> page = repository.tags(request.get());
        page.items().forEach(out::println);
        request = page.nextAfter().map(request.get()::next);
      }
    }
    return 0;
  }
}
