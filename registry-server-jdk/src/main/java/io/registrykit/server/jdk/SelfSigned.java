package io.registrykit.server.jdk;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A key and a certificate that it signs itself, which the JDK can read but not make. Immutable.
 *
 * @param key an EC key on P-256
 * @param certificate good as a server's and as its own authority's, for a year (RFC 5280)
 */
record SelfSigned(PrivateKey key, X509Certificate certificate) {
  private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
  private static final Duration CLOCK_SKEW = Duration.ofDays(1);
  private static final Duration VALIDITY = Duration.ofDays(365);

  private static final byte[] ECDSA_WITH_SHA256 =
      Der.value(Der.SEQUENCE, Der.objectId(1, 2, 840, 10045, 4, 3, 2));
  private static final byte[] TRUE = Der.value(Der.BOOLEAN, new byte[] {(byte) 0xff});

  /**
   * Makes a key and its certificate.
   *
   * @param hosts host names and addresses, the first of them the common name
   * @param now when the certificate is made
   */
  static SelfSigned create(Collection<String> hosts, Instant now) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair pair = generator.generateKeyPair();
    byte[] body = body(pair, hosts, now);
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(pair.getPrivate());
    signature.update(body);
    byte[] whole = Der.value(Der.SEQUENCE, body, ECDSA_WITH_SHA256, Der.bits(0, signature.sign()));
    X509Certificate certificate =
        (X509Certificate)
            CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(whole));
    return new SelfSigned(pair.getPrivate(), certificate);
  }

  private static byte[] body(KeyPair pair, Collection<String> hosts, Instant now) {
    byte[] name = name(hosts.iterator().next());
    return Der.value(
        Der.SEQUENCE,
        Der.value(Der.constructedContext(0), Der.value(Der.INTEGER, new byte[] {2})),
        Der.value(Der.INTEGER, new BigInteger(126, new SecureRandom()).toByteArray()),
        ECDSA_WITH_SHA256,
        name,
        Der.value(Der.SEQUENCE, time(now.minus(CLOCK_SKEW)), time(now.plus(VALIDITY))),
        name,
        pair.getPublic().getEncoded(),
        Der.value(Der.constructedContext(3), extensions(hosts)));
  }

  private static byte[] name(String commonName) {
    byte[] attribute =
        Der.value(Der.SEQUENCE, Der.objectId(2, 5, 4, 3), Der.text(Der.UTF8_STRING, commonName));
    return Der.value(Der.SEQUENCE, Der.value(Der.SET, attribute));
  }

  private static byte[] time(Instant instant) {
    DateTimeFormatter format =
        DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    return Der.text(Der.UTC_TIME, format.format(instant));
  }

  private static byte[] extensions(Collection<String> hosts) {
    byte[][] names = hosts.stream().map(SelfSigned::alternativeName).toArray(byte[][]::new);
    // digitalSignature and keyCertSign: bits 0 and 5.
    byte[] usage = Der.bits(2, new byte[] {(byte) 0x84});
    byte[] serverAuth = Der.objectId(1, 3, 6, 1, 5, 5, 7, 3, 1);
    return Der.value(
        Der.SEQUENCE,
        extension(Der.objectId(2, 5, 29, 17), false, Der.value(Der.SEQUENCE, names)),
        extension(Der.objectId(2, 5, 29, 19), true, Der.value(Der.SEQUENCE, TRUE)),
        extension(Der.objectId(2, 5, 29, 15), true, usage),
        extension(Der.objectId(2, 5, 29, 37), false, Der.value(Der.SEQUENCE, serverAuth)));
  }

  private static byte[] extension(byte[] id, boolean critical, byte[] content) {
    byte[] wrapped = Der.value(Der.OCTET_STRING, content);
    return critical
        ? Der.value(Der.SEQUENCE, id, TRUE, wrapped)
        : Der.value(Der.SEQUENCE, id, wrapped);
  }

  private static byte[] alternativeName(String host) {
    if (host.indexOf(':') < 0 && !IPV4.matcher(host).matches()) {
      return Der.value(Der.context(2), host.getBytes(StandardCharsets.US_ASCII));
    }
    try {
      // An address in digits is not looked up.
      return Der.value(Der.context(7), InetAddress.getByName(host).getAddress());
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("not an address: " + host, e);
    }
  }
}
