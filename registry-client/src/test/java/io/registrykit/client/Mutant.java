package io.registrykit.client;

import io.registrykit.api.Headers;
import io.registrykit.client.internal.http.HttpCall;
import io.registrykit.client.internal.http.HttpReply;
import io.registrykit.client.internal.http.HttpSender;
import io.registrykit.spi.store.BlobContent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** The client with one thing wrong, to see whether anybody notices. */
enum Mutant {
  /** The client as it is. */
  NONE,

  /** Sends the same bytes again after a failure that leaves open what arrived. */
  REPLAYS_BLINDLY {
    @Override
    HttpSender wrap(HttpSender sender) {
      return call -> {
        if (!carriesBytes(call)) {
          return sender.send(call);
        }
        try {
          HttpReply reply = sender.send(call);
          if (reply.status() < 500) {
            return reply;
          }
          reply.close();
        } catch (IOException e) {
          call.limits().check();
        }
        return sender.send(call);
      };
    }
  },

  /** Thinks that the registry has what was sent, and does not ask. */
  NEVER_ASKS {
    @Override
    HttpSender wrap(HttpSender sender) {
      AtomicReference<String> sent = new AtomicReference<>("0");
      return call -> {
        boolean upload = call.uri().getPath().contains("/uploads/");
        if (upload && call.method().equals("GET")) {
          return reply(call, 204, Headers.of("Range", "0-" + sent.get()));
        }
        String range = call.headers().first("Content-Range").orElse("");
        sent.set(range.isEmpty() ? sent.get() : range.substring(range.indexOf('-') + 1));
        return sender.send(call);
      };
    }
  },

  /** Takes a lost reply to the last request for a success. */
  BELIEVES_LOST_REPLIES {
    @Override
    HttpSender wrap(HttpSender sender) {
      return call -> {
        try {
          return sender.send(call);
        } catch (IOException e) {
          if (call.method().equals("PUT")) {
            return reply(call, 201, Headers.empty());
          }
          throw e;
        }
      };
    }
  },

  /** Shows what it showed last to whomever it is sent on to. */
  KEEPS_CREDENTIALS {
    @Override
    HttpSender wrap(HttpSender sender) {
      AtomicReference<String> last = new AtomicReference<>("");
      return call -> {
        Optional<String> own = call.headers().first("Authorization");
        own.ifPresent(last::set);
        String shown = own.isPresent() ? own.get() : String.valueOf(last.get());
        if (shown.isEmpty()) {
          return sender.send(call);
        }
        Headers.Builder headers = Headers.builder();
        call.headers().forEach(headers::add);
        return sender.send(call.withHeaders(headers.set("Authorization", shown).build()));
      };
    }
  },

  /** Follows upload locations, token servers and redirects everywhere. */
  TRUSTS_EVERY_HOST {
    @Override
    void change(HostOptions.Builder options) {
      options.trust("127.0.0.1");
    }
  },

  /** Hands on what comes without a look at its digest. */
  PULLS_UNCHECKED {
    @Override
    InputStream open(BlobContent blob, byte[] expected) throws IOException {
      return expected.length == 0
          ? super.open(blob, expected)
          : new SequenceInputStream(new ByteArrayInputStream(expected, 0, 1), blob.openStream(1));
    }
  };

  /** What stands between the client and the network. */
  HttpSender wrap(HttpSender sender) {
    return sender;
  }

  /** What the client is told about the registry. */
  void change(HostOptions.Builder options) {}

  /** How content is read; the client checks only what is read from its start. */
  InputStream open(BlobContent blob, byte[] expected) throws IOException {
    return blob.openStream(0);
  }

  private static boolean carriesBytes(HttpCall call) {
    return call.body() != null
        && call.body().length() > 0
        && call.uri().getPath().contains("/uploads/");
  }

  private static HttpReply reply(HttpCall call, int status, Headers headers) {
    return new HttpReply(call.uri(), status, headers, InputStream.nullInputStream(), () -> {}, 1);
  }
}
