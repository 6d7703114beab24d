package io.registrykit.server.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes encrypted in one packet is seen in full. */
class TlsRecordsTest {
  private static final int TIMEOUT_MILLIS = 10_000;

  /** A connection whose packets are cut where the test wants it. */
  private static final class HeldSocket extends Socket {
    private final ByteArrayOutputStream held = new ByteArrayOutputStream();
    private boolean holding;

    HeldSocket(int port) throws IOException {
      super(InetAddress.getLoopbackAddress(), port);
      setTcpNoDelay(true);
      setSoTimeout(TIMEOUT_MILLIS);
    }

    void hold() {
      holding = true;
    }

    void letGo() throws IOException {
      holding = false;
      super.getOutputStream().write(held.toByteArray());
      held.reset();
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
      OutputStream out = super.getOutputStream();
      return new OutputStream() {
        @Override
        public void write(int b) throws IOException {
          write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
          (holding ? held : out).write(bytes, offset, length);
        }
      };
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void aRequestThatComesWithTheRestOfADrainedBodyIsAnswered(String protocol) throws Exception {
    Tls tls = Tls.selfSigned();
    try (RegistryServer server = RegistryServer.builder(new EchoHandler()).tls(tls).start();
        HeldSocket held = new HeldSocket(server.port());
        SSLSocket socket =
            (SSLSocket)
                TlsTest.client(tls, null)
                    .sslContext()
                    .getSocketFactory()
                    .createSocket(held, "127.0.0.1", server.port(), true)) {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setProtocols(new String[] {protocol});
      socket.setSSLParameters(parameters);
      RawClient client = new RawClient(socket);
      for (int round = 0; round < 3; round++) {
        client.send("PUT /unread HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n");
        assertThat(client.readResponse()).startsWith("HTTP/1.1 401");
        held.hold();
        socket.getOutputStream().write(ascii("12345"));
        socket.getOutputStream().write(ascii("PUT /count HTTP/1.1\r\nHost: x\r\n"));
        socket.getOutputStream().write(ascii("Content-Length: 3\r\n\r\n"));
        socket.getOutputStream().write(ascii("abc"));
        held.letGo();
        assertThat(client.readResponse()).startsWith("HTTP/1.1 200").endsWith("\r\n\r\n3");
      }
    }
  }
}
