package io.registrykit.internal.engine;

import static io.registrykit.internal.engine.TestApi.bytes;
import static io.registrykit.internal.engine.TestApi.sha256;
import static io.registrykit.internal.engine.TestApi.sha512;
import static org.assertj.core.api.Assertions.assertThat;

import io.registrykit.api.RegistryApi;
import io.registrykit.auth.OpenAccess;
import io.registrykit.model.Bytes;
import io.registrykit.model.Digest;
import io.registrykit.spi.auth.Principal;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What went wrong between clients and other registries, by the threads that tell of it. */
class InteropRegressionTest {
  private static final String DOCKER_MANIFEST =
      "application/vnd.docker.distribution.manifest.v2+json";
  private static final String DOCKER_LIST =
      "application/vnd.docker.distribution.manifest.list.v2+json";

  private static DynamicTest row(String threads, Consumer<TestApi> check) {
    return DynamicTest.dynamicTest(threads, () -> check.accept(TestApi.open()));
  }

  @TestFactory
  Stream<DynamicTest> uploads() {
    return Stream.of(
        row(
            "distribution#3141, distribution-spec#590, #366: 416 for PATCH and PUT, GET is 204",
            api -> {
              String place = api.startUpload("r");
              api.send("PATCH", place, bytes(5), "Content-Range", "5-9").is(416);
              api.send(
                      "PUT",
                      place + "?digest=" + sha256(bytes(5)),
                      bytes(5),
                      "Content-Range",
                      "5-9")
                  .is(416);
              api.get(place).is(204).has("Range", "0-0");
            }),
        row(
            "distribution#3496, #2363: ranges without a unit, and of one byte",
            api -> {
              String place = api.startUpload("r");
              api.send("PATCH", place, bytes(1), "Content-Range", "0-0")
                  .is(202)
                  .has("Range", "0-0");
              api.send("PATCH", place, bytes(2), "Content-Range", "1-2")
                  .is(202)
                  .has("Range", "0-2");
            }),
        row(
            "regclient#961, containers-roadmap#2831: Range is the total so far",
            api -> {
              String place = api.startUpload("r");
              api.send("PATCH", place, bytes(7)).is(202).has("Range", "0-6");
              api.send("PATCH", place, bytes(3)).is(202).has("Range", "0-9");
              api.get(place).is(204).has("Range", "0-9");
            }),
        row(
            "distribution#2593: the offset is in the store, not in the address",
            api -> {
              String place = api.startUpload("r");
              Answer first = api.send("PATCH", place, bytes(7)).is(202);
              assertThat(first.location()).isEqualTo(place);
              api.send("PATCH", place + "?_state=stale", bytes(3)).is(202).has("Range", "0-9");
            }),
        row(
            "containerd#14086, go-containerregistry#1609: a mount that is refused is an upload",
            api -> {
              Digest digest = api.pushBlob("secret", bytes(5));
              TestApi stranger =
                  new TestApi(
                      api.registry(),
                      RegistryApi.builder(api.registry())
                          .authenticator(credentials -> Optional.of(new Principal("x")))
                          .authorizer(
                              (principal, requested) ->
                                  requested.stream()
                                      .filter(
                                          access -> !("" + access.repository()).equals("secret"))
                                      .collect(Collectors.toSet()))
                          .build());
              stranger.post("/v2/mine/blobs/uploads/?mount=" + digest + "&from=secret").is(202);
            }),
        row(
            "containerd#11949, swift-container-plugin#44, jib#423: Location is relative",
            api -> {
              assertThat(api.startUpload("r")).startsWith("/v2/");
              assertThat(api.putManifest("r", "v1", api.manifest("r", "x")).location())
                  .startsWith("/v2/");
            }),
        row(
            "artifact-keeper#3116, serverless-registry#137: a push by digest checks the digest",
            api ->
                api.putManifest("r", "" + sha256(bytes(1)), api.manifest("r", "x"))
                    .fails(400, "DIGEST_INVALID")));
  }

  @TestFactory
  Stream<DynamicTest> pulls() {
    return Stream.of(
        row(
            "distribution#3718, #4397: the digest is that of the body, whatever is accepted",
            api -> {
              api.pushManifest("r", "v1", "x");
              Answer pulled = api.get("/v2/r/manifests/v1", "Accept", DOCKER_MANIFEST).is(200);
              pulled.has("Docker-Content-Digest", sha256(pulled.body()).toString());
            }),
        row(
            "containerd#5124, #3110, #7390: HEAD has the length and type of GET",
            api -> {
              api.pushManifest("r", "v1", "x");
              assertThat(api.head("/v2/r/manifests/v1").headers())
                  .isEqualTo(api.get("/v2/r/manifests/v1").headers());
            }),
        row(
            "containerd#3238, #3549: a manifest is no blob, for HEAD and GET",
            api -> {
              Digest manifest = api.pushManifest("r", "v1", "x");
              api.head("/v2/r/blobs/" + manifest).is(404);
              api.get("/v2/r/blobs/" + manifest).is(404);
            }),
        row(
            "distribution#4420: manifests by sha512",
            api -> {
              Bytes manifest = api.manifest("r", "x");
              api.putManifest("r", sha512(manifest).toString(), manifest).is(201);
              assertThat(api.get("/v2/r/manifests/" + sha512(manifest)).is(200).body())
                  .isEqualTo(manifest);
            }),
        row(
            "distribution#2098, distribution-spec#333, buildkit#2963: bytes are kept",
            api -> {
              Bytes manifest = Bytes.utf8(api.manifest("r", "x").toUtf8().replace(",", " ,\t"));
              api.putManifest("r", "v1", manifest).is(201);
              assertThat(api.get("/v2/r/manifests/v1").body()).isEqualTo(manifest);
            }),
        row(
            "acr#764, distribution-spec#596, cup#132, docker-drag#41: Accept refuses nothing",
            api -> {
              api.pushManifest("r", "v1", "x");
              api.get("/v2/r/manifests/v1", "Accept", "application/json").is(200);
            }),
        row(
            "openshift/origin#9755: a blob of another repository stays there",
            api -> {
              Digest digest = api.pushBlob("r", bytes(9));
              api.get("/v2/s/blobs/" + digest).fails(404, "BLOB_UNKNOWN");
            }),
        row(
            "oras-go#1396: a tag like a digest is a tag",
            api -> {
              String tag = "sha256-" + "a".repeat(64) + ".sig";
              api.pushManifest("r", tag, "x");
              api.get("/v2/r/manifests/" + tag).is(200);
            }));
  }

  @TestFactory
  Stream<DynamicTest> listsAndTypes() {
    return Stream.of(
        row(
            "distribution#1293, #4324: a tag goes with its manifest, and the list stays a list",
            api -> {
              Digest digest = api.pushManifest("r", "v1", "x");
              api.delete("/v2/r/manifests/" + digest).is(202);
              assertThat(api.get("/v2/r/tags/list").is(200).text()).contains("\"tags\":[]");
            }),
        row(
            "serverless-registry#93: a Link goes on",
            api -> {
              api.pushManifest("r", "a", "x");
              api.pushManifest("r", "b", "x");
              String link = api.get("/v2/r/tags/list?n=1").header("Link");
              String next = link.substring(1, link.indexOf('>'));
              assertThat(next).contains("last=a");
              assertThat(api.get(next).is(200).lacks("Link").text()).contains("[\"b\"]");
            }),
        row(
            "zot#534, #724, #1385, #3104: Docker's types, and a mixed index",
            api -> {
              Bytes oci = api.manifest("r", "x");
              Bytes docker = Bytes.utf8(oci.toUtf8().replace(TestApi.MANIFEST, DOCKER_MANIFEST));
              api.putManifest("r", "" + sha256(oci), oci).is(201);
              api.send("PUT", "/v2/r/manifests/d", docker, "Content-Type", DOCKER_MANIFEST).is(201);
              api.get("/v2/r/manifests/d").has("Content-Type", DOCKER_MANIFEST);
              for (String type : new String[] {TestApi.INDEX, DOCKER_LIST}) {
                api.send("PUT", "/v2/r/manifests/i", mixed(type, oci, docker), "Content-Type", type)
                    .is(201);
              }
            }),
        row(
            "zot#1424, buildkit#7007, distribution-spec#359: a subject may come later",
            api -> {
              Bytes subject = api.manifest("r", "subject");
              Bytes referrer =
                  api.manifest("r", "referrer", TestApi.refersTo(sha256(subject), "a/b"));
              api.putManifest("r", "v1", referrer).has("OCI-Subject", "" + sha256(subject));
              api.putManifest("r", "v2", subject).is(201);
              assertThat(api.get("/v2/r/referrers/" + sha256(subject)).text())
                  .contains(sha256(referrer).toString());
            }),
        row(
            "harbor#18418, oras-go#635, sigstore-js#1187: referrers are never 404",
            api ->
                api.get("/v2/none/referrers/" + sha256(Bytes.empty()))
                    .is(200)
                    .has("Content-Type", TestApi.INDEX)),
        row(
            "zot#1917, moby#24129, nexspence#260: where pushes need credentials, so does the start",
            api ->
                new TestApi(
                        api.registry(),
                        RegistryApi.builder(api.registry())
                            .authenticator(credentials -> Optional.of(Principal.ANONYMOUS))
                            .authorizer(OpenAccess.readOnly())
                            .build())
                    .get("/v2/")
                    .fails(401, "UNAUTHORIZED")));
  }

  private static Bytes mixed(String type, Bytes oci, Bytes docker) {
    String entry = "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d}";
    return Bytes.utf8(
        "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"manifests\":[%s,%s]}"
            .formatted(
                type,
                entry.formatted(TestApi.MANIFEST, sha256(oci), oci.length()),
                entry.formatted(DOCKER_MANIFEST, sha256(docker), docker.length())));
  }
}
