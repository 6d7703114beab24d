package io.registrykit.server.jdk;

import io.registrykit.model.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Gives the errors that the JDK's server makes up before a handler runs, HTML with the name of an
 * exception, the form that registry clients read.
 */
final class OwnReply {
  private static final byte[] START = "HTTP/1.1 ".getBytes(StandardCharsets.US_ASCII);
  private static final int MAX_STATUS_LINE = 80;

  private OwnReply() {}

  /**
   * What to send in place of what the server is about to send.
   *
   * @param reply from its position on, a whole reply if it is one of the server's own
   * @param call the request that it answers, if any
   * @param badRequest what to say when the server finds the request malformed
   * @return the bytes, or null when the reply is fine as it is
   */
  static byte @Nullable [] replacing(ByteBuffer reply, @Nullable Call call, String badRequest) {
    if (call == null || !call.isReadingHeaders() || reply.remaining() <= START.length + 3) {
      return null;
    }
    for (int i = 0; i < START.length; i++) {
      if (reply.get(reply.position() + i) != START[i]) {
        return null;
      }
    }
    String line = statusLine(reply);
    int status = status(line);
    if (status < 400) {
      return null;
    }
    String message =
        switch (status) {
          case 400 -> badRequest;
          case 404 -> "no such path";
          default -> line.substring(START.length);
        };
    Bytes document = ServerErrors.document(ServerErrors.codeOf(status), message);
    String text =
        line
            + "\r\nContent-Type: application/json\r\nContent-Length: "
            + document.length()
            + "\r\nConnection: close\r\n\r\n"
            + document.toUtf8();
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static int status(String line) {
    int status = 0;
    for (int i = START.length; i < START.length + 3; i++) {
      status = status * 10 + Character.digit(line.charAt(i), 10);
    }
    return status;
  }

  private static String statusLine(ByteBuffer reply) {
    StringBuilder line = new StringBuilder();
    for (int i = reply.position(); i < reply.limit() && line.length() < MAX_STATUS_LINE; i++) {
      char c = (char) (reply.get(i) & 0xff);
      if (c < ' ' || c > '~' || c == '"' || c == '\\') {
        break;
      }
      line.append(c);
    }
    return line.toString();
  }
}
