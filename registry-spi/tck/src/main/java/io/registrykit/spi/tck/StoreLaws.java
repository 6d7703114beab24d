package io.registrykit.spi.tck;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.registrykit.model.Digest;
import io.registrykit.model.Page;
import io.registrykit.model.PageRequest;
import io.registrykit.model.RepositoryName;
import io.registrykit.model.Tag;
import io.registrykit.spi.store.BlobContent;
import io.registrykit.spi.store.BlobStore;
import io.registrykit.spi.store.BlobUpload;
import io.registrykit.spi.store.Change;
import io.registrykit.spi.store.CommitResult;
import io.registrykit.spi.store.Expected;
import io.registrykit.spi.store.RegistryStore;
import io.registrykit.spi.store.Rejection;
import io.registrykit.spi.store.RepositoryStore;
import io.registrykit.spi.store.StoreFeature;
import io.registrykit.spi.store.StoredManifest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;

/** A group of laws: opens a store before each test, closes it after, and knows the usual steps. */
abstract class StoreLaws {
  static final PageRequest ALL = PageRequest.first(1_000_000);

  StoreHarness harness = StoreHarness.of(ReferenceModel::create);
  RegistryStore store = ReferenceModel.create();

  abstract StoreHarness newHarness() throws Exception;

  @BeforeEach
  final void openStore(TestInfo test) throws Exception {
    harness = newHarness();
    RequiresFeature needs =
        test.getTestMethod().map(m -> m.getAnnotation(RequiresFeature.class)).orElse(null);
    for (StoreFeature feature : needs == null ? new StoreFeature[0] : needs.value()) {
      assumeTrue(harness.features().contains(feature), "the store does not promise " + feature);
    }
    store = harness.open();
  }

  @AfterEach
  final void closeStore() throws Exception {
    store.close();
  }

  BlobStore blobs() {
    return store.blobs();
  }

  RepositoryStore repositories() {
    return store.repositories();
  }

  /** Uploads content and lets go; returns its SHA-256 digest. */
  Digest push(byte[] content) throws IOException {
    Digest digest = Samples.sha256(content);
    try (BlobUpload upload = blobs().begin(Samples.uploadSpec())) {
      upload.append(new ByteArrayInputStream(content));
      assertEquals(content.length, upload.commit(digest));
    }
    return digest;
  }

  /** Starts an upload, stores bytes and holds on. */
  BlobUpload begin(byte[] content) throws IOException {
    BlobUpload upload = blobs().begin(Samples.uploadSpec());
    assertEquals(content.length, upload.append(new ByteArrayInputStream(content)));
    return upload;
  }

  byte[] read(Digest digest) throws IOException {
    try (BlobContent content = blobs().open(digest).orElseThrow()) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      content.transferTo(0, content.size(), out);
      return out.toByteArray();
    }
  }

  void assertStored(byte[] content) throws IOException {
    assertArrayEquals(content, read(Samples.sha256(content)));
  }

  /** Commits, and insists that all of it is carried out. */
  CommitResult.Applied apply(RepositoryName repository, int second, Change... changes)
      throws IOException {
    return assertInstanceOf(
        CommitResult.Applied.class,
        repositories().commit(repository, Samples.at(second), List.of(changes)));
  }

  CommitResult.Applied apply(Change... changes) throws IOException {
    return apply(Samples.APP, 0, changes);
  }

  /** Commits, and insists that one change is refused for a reason. */
  CommitResult.Rejected refuse(int changeIndex, Rejection reason, Change... changes)
      throws IOException {
    return refuse(Samples.APP, changeIndex, reason, changes);
  }

  CommitResult.Rejected refuse(
      RepositoryName repository, int changeIndex, Rejection reason, Change... changes)
      throws IOException {
    CommitResult.Rejected rejected =
        assertInstanceOf(
            CommitResult.Rejected.class,
            repositories().commit(repository, Samples.at(900), List.of(changes)));
    assertEquals(reason, rejected.reason());
    assertEquals(changeIndex, rejected.changeIndex());
    return rejected;
  }

  static Change link(Digest digest, long size) {
    return new Change.LinkBlob(digest, size);
  }

  static Change put(StoredManifest manifest) {
    return new Change.PutManifest(manifest);
  }

  static Change setTag(Tag tag, StoredManifest target) {
    return setTag(tag, target, Expected.anything());
  }

  static Change setTag(Tag tag, StoredManifest target, Expected expected) {
    return new Change.SetTag(tag, target.record().digest(), expected);
  }

  static Change require(Set<Digest> blobs, Set<Digest> manifests) {
    return new Change.Require(blobs, manifests);
  }

  /** Reads one page of a list. */
  @FunctionalInterface
  interface Lister<T> {
    Page<T> list(PageRequest page) throws IOException;
  }

  /** Reads a list page by page, and insists that no page but the last is short. */
  static <T> List<T> walk(Lister<T> lister, int limit) throws IOException {
    List<T> items = new ArrayList<>();
    PageRequest request = PageRequest.first(limit);
    while (true) {
      Page<T> page = lister.list(request);
      items.addAll(page.items());
      if (page.next() == null) {
        return items;
      }
      assertEquals(limit, page.items().size(), "entries of a page that is not the last");
      request = request.next(page.next());
    }
  }
}
