package io.registrykit.examples.standalone;

import io.registrykit.client.RemoteRepository;
import io.registrykit.model.ImageReference;
import io.registrykit.model.Page;
import io.registrykit.model.PageRequest;
import io.registrykit.model.Tag;
import java.util.Optional;
import picocli.CommandLine.Command;

/** Lists the tags of a repository. */
@Command(name = "tags", description = "List the tags of a repository.")
final class TagsCommand extends ImageCommand {

  @Override
  void run(RemoteRepository repository, ImageReference reference) {
    Optional<PageRequest> request = Optional.of(PageRequest.first(1000));
    while (request.isPresent()) {
      Page<Tag> page = repository.tags(request.get());
      page.items().forEach(out()::println);
      request = page.nextAfter().map(request.get()::next);
    }
  }
}
