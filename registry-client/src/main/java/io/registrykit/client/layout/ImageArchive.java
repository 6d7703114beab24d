package io.registrykit.client.layout;

import io.registrykit.BatchedWrites;
import io.registrykit.Registry;
import io.registrykit.client.internal.tar.TarIndex;
import io.registrykit.client.internal.tar.TarScan;
import io.registrykit.error.ErrorCode;
import io.registrykit.error.NotFoundException;
import io.registrykit.model.Descriptor;
import io.registrykit.model.Digest;
import io.registrykit.model.Page;
import io.registrykit.model.PageRequest;
import io.registrykit.model.RepositoryName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Images in a folder or in one file, as a registry: the repositories are those of the full names
 * that the images have there. Safe for use by any number of threads of one object.
 *
 * <p>An archive is opened to read, or made anew. One that is made is not there until {@link
 * #finish}; {@link #close} without it leaves nothing.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/v1.1.1/image-layout.md">OCI
 *     image-spec, image layout</a>
 */
public final class ImageArchive implements Registry, BatchedWrites {
  private final LayoutFiles files;
  private final ReentrantLock lock = new ReentrantLock();

  private ImageArchive(LayoutFiles files) {
    this.files = files;
  }

  /**
   * Opens what is there: a folder in the OCI image layout, the same in a tar file, or what {@code
   * docker save} and {@code podman save} write. A tar file is not unpacked, and can only be read.
   *
   * @param place the folder or the file; must not change while it is in use
   * @return its images
   * @throws NotFoundException if there is nothing
   * @throws io.registrykit.error.InvalidContentException if it is none of these, or a tar file with
   *     entries that no honest one has
   * @throws io.registrykit.error.BackendException if it cannot be read
   */
  public static ImageArchive open(Path place) {
    if (Files.isDirectory(place)) {
      return folder(place);
    }
    if (!Files.exists(place)) {
      throw new NotFoundException(ErrorCode.NAME_UNKNOWN, "there is no " + place);
    }
    return new ImageArchive(FileCall.get(() -> openTar(place)));
  }

  private static LayoutFiles openTar(Path file) throws IOException {
    TarIndex tar = TarScan.read(file);
    boolean docker = DockerFiles.isDockerArchive(tar);
    if (TarFiles.isLayout(tar)) {
      TarFiles layout = TarFiles.open(file, tar);
      if (!docker || LayoutParts.arePresent(layout)) {
        return layout;
      }
    }
    return DockerFiles.open(file, tar);
  }

  /**
   * A folder in the OCI image layout whose images have full names, to read and to write.
   *
   * @param folder the folder, which the first push makes when it does not exist
   * @return its images
   */
  public static ImageArchive folder(Path folder) {
    return new ImageArchive(new FolderFiles(folder));
  }

  /**
   * Starts a tar file in the OCI image layout, what skopeo calls {@code oci-archive:}. It has the
   * list that {@code docker load} looks for as well.
   *
   * @param file where it will be, over what is there
   * @return an archive without images
   * @throws io.registrykit.error.BackendException if it cannot be written
   */
  public static ImageArchive createOci(Path file) {
    return new ImageArchive(FileCall.get(() -> new TarWriterFiles(file)));
  }

  /**
   * Starts a tar file like those of {@code docker save}, what skopeo calls {@code docker-archive:}.
   * It takes images for one platform each, and nothing that refers to them. The layers in it have
   * no compression; it keeps no manifests, so that who reads it sees others than were pushed, over
   * the same configurations.
   *
   * @param file where it will be, over what is there
   * @return an archive without images
   * @throws io.registrykit.error.BackendException if it cannot be written
   */
  public static ImageArchive createDocker(Path file) {
    return new ImageArchive(FileCall.get(() -> new DockerWriterFiles(file)));
  }

  /**
   * The images that have a tag and no further name.
   *
   * @return a view, empty when all have full names
   */
  public OciLayout unnamed() {
    return new OciLayout(files, LayoutNames.BARE, lock);
  }

  @Override
  public OciLayout repository(RepositoryName name) {
    return new OciLayout(files, new LayoutNames(name), lock);
  }

  @Override
  public Page<RepositoryName> repositories(PageRequest page) {
    List<RepositoryName> names = new ArrayList<>(index().repositories());
    String after = page.after();
    names.removeIf(name -> after != null && name.value().compareTo(after) <= 0);
    boolean more = names.size() > page.limit();
    List<RepositoryName> items = names.subList(0, Math.min(names.size(), page.limit()));
    return new Page<>(items, more ? items.get(items.size() - 1).value() : null);
  }

  private LayoutIndex index() {
    return FileCall.get(files::readIndex).orElseGet(LayoutIndex::empty);
  }

  /**
   * The image, when there is but one, whatever it is called; what has no name beside one that has
   * is not counted.
   *
   * @return its digest, or empty when there are several or none
   */
  public Optional<Digest> only() {
    List<Descriptor> entries = index().entries();
    Set<Digest> images = digests(entries.stream().filter(entry -> !LayoutNames.isNameless(entry)));
    if (images.isEmpty()) {
      images = digests(entries.stream());
    }
    return images.size() == 1 ? Optional.of(images.iterator().next()) : Optional.empty();
  }

  private static Set<Digest> digests(Stream<Descriptor> entries) {
    return entries.map(Descriptor::digest).collect(Collectors.toSet());
  }

  /** Lets many pushes in a row write the index a few times alone. */
  @Override
  public Batch beginBatch() {
    return OciLayout.batch(files, lock);
  }

  /**
   * Ends an archive that is being made and puts it in its place. Does nothing for a folder, and for
   * what was opened to read.
   *
   * @throws io.registrykit.error.BackendException if it cannot be written
   */
  public void finish() {
    FileCall.run(files::finish);
  }

  /** Drops an archive that is not finished. */
  @Override
  public void close() {
    FileCall.run(files::close);
  }
}
