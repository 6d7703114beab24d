package io.registrykit.server.jdk;

import java.security.Principal;
import java.security.cert.Certificate;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSessionContext;

/**
 * The session of a connection that is not, or not yet, encrypted. The JDK's server asks it for the
 * sizes of its four buffers, which are the reason for this class. Immutable.
 */
final class PlainSession implements SSLSession {
  /** What is read at once; a TLS record of 16,709 bytes fits. */
  private static final int PACKET_SIZE = 17 * 1024;

  /**
   * What is written at once: a piece of {@link PeerOutput} fits, and so does a packet, or else the
   * rest of it would be overlooked until the next one comes.
   */
  private static final int APPLICATION_SIZE = PeerOutput.PIECE_SIZE;

  @Override
  public int getPacketBufferSize() {
    return PACKET_SIZE;
  }

  @Override
  public int getApplicationBufferSize() {
    return APPLICATION_SIZE;
  }

  @Override
  public String getProtocol() {
    return "NONE";
  }

  @Override
  public String getCipherSuite() {
    return "SSL_NULL_WITH_NULL_NULL";
  }

  @Override
  public boolean isValid() {
    return false;
  }

  @Override
  public void invalidate() {}

  @Override
  public byte[] getId() {
    return new byte[0];
  }

  @Override
  @SuppressWarnings("NullAway") // null is what the interface asks for when there is no context
  public SSLSessionContext getSessionContext() {
    return null;
  }

  @Override
  public long getCreationTime() {
    return 0;
  }

  @Override
  public long getLastAccessedTime() {
    return 0;
  }

  @Override
  public void putValue(String name, Object value) {}

  @Override
  @SuppressWarnings("NullAway") // null is what the interface asks for when there is no value
  public Object getValue(String name) {
    return null;
  }

  @Override
  public void removeValue(String name) {}

  @Override
  public String[] getValueNames() {
    return new String[0];
  }

  @Override
  public Certificate[] getPeerCertificates() throws SSLPeerUnverifiedException {
    throw new SSLPeerUnverifiedException("not encrypted");
  }

  @Override
  @SuppressWarnings("NullAway") // null is what the interface asks for when nothing was sent
  public Certificate[] getLocalCertificates() {
    return null;
  }

  @Override
  public Principal getPeerPrincipal() throws SSLPeerUnverifiedException {
    throw new SSLPeerUnverifiedException("not encrypted");
  }

  @Override
  @SuppressWarnings("NullAway") // null is what the interface asks for when nothing was sent
  public Principal getLocalPrincipal() {
    return null;
  }

  @Override
  public String getPeerHost() {
    return "";
  }

  @Override
  public int getPeerPort() {
    return -1;
  }
}
