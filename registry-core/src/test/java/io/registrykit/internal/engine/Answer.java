package io.registrykit.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrykit.api.ApiResponse;
import io.registrykit.api.Headers;
import io.registrykit.model.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A response that was read to its end, and that kept what every response promises. */
record Answer(int status, Headers headers, Bytes body) {

  /** Reads and closes a response. */
  static Answer of(String method, ApiResponse response) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (response) {
      response.writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Answer answer =
        new Answer(response.status(), response.headers(), Bytes.copyOf(out.toByteArray()));
    answer.checkPromises(method, response.body().length());
    return answer;
  }

  private void checkPromises(String method, long bodyLength) {
    assertThat(bodyLength).as("length of the body").isEqualTo(body.length());
    assertThat(header("Docker-Distribution-Api-Version")).isEqualTo("registry/2.0");
    boolean head = method.equals("HEAD");
    if (status == 204 || status == 304) {
      assertThat(body.length()).isZero();
      assertThat(headers.first("Content-Length")).isEmpty();
    } else if (head) {
      assertThat(body.length()).as("body of HEAD").isZero();
      assertThat(headers.first("Content-Length")).isPresent();
    } else {
      assertThat(header("Content-Length")).isEqualTo(Integer.toString(body.length()));
    }
    headers
        .first("Location")
        .ifPresent(location -> assertThat(location).as("relative Location").startsWith("/v2/"));
    if (status == 405) {
      assertThat(header("Allow")).isNotEmpty();
    }
    if (status >= 400) {
      assertThat(header("Content-Type")).isEqualTo("application/json");
      if (!head) {
        assertThat(text()).startsWith("{\"errors\":[{\"code\":\"").contains("\"message\":\"");
      }
    }
  }

  String text() {
    return body.toUtf8();
  }

  /** The one value of a header that has to be there once. */
  String header(String name) {
    assertThat(headers.all(name)).as(name).hasSize(1);
    return headers.all(name).get(0);
  }

  String location() {
    return header("Location");
  }

  Answer is(int expected) {
    assertThat(status).as(text()).isEqualTo(expected);
    return this;
  }

  Answer has(String name, String value) {
    assertThat(header(name)).as(name).isEqualTo(value);
    return this;
  }

  Answer lacks(String name) {
    assertThat(headers.all(name)).as(name).isEmpty();
    return this;
  }

  /** Checks status and code of an error. */
  Answer fails(int expected, String code) {
    is(expected);
    assertThat(text()).startsWith("{\"errors\":[{\"code\":\"" + code + "\"");
    return this;
  }
}
