package dev.sluice.plan;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.spec.InvalidKeySpecException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A placeholder's value as a plan may hold it: enough to see that it is another one by now, too
 * slow to try many values on. The salt comes from the name and the files, so that the same release
 * gives the same plan.
 */
public final class PlaceholderHash {

  private static final String SCHEME = "pbkdf2-sha256";
  private static final int ROUNDS = 120_000;
  private static final int SALT_BYTES = 16;
  private static final int HASH_BITS = 256;

  private PlaceholderHash() {}

  /**
   * {@code pbkdf2-sha256:rounds:salt:hash}, the last two in hexadecimal.
   *
   * @param context what makes the salt this placeholder's and this release's own
   */
  static String of(String value, String context) {
    byte[] salt = Arrays.copyOf(sha256(context), SALT_BYTES);
    HexFormat hex = HexFormat.of();
    return String.join(
        ":",
        SCHEME,
        String.valueOf(ROUNDS),
        hex.formatHex(salt),
        hex.formatHex(derive(value, salt, ROUNDS)));
  }

  /**
   * Whether {@code hash}, as a plan holds it, is of that value.
   *
   * @throws IllegalArgumentException where it is no such hash
   */
  public static boolean matches(String hash, String value) {
    String[] parts = hash.split(":", -1);
    if (parts.length != 4 || !parts[0].equals(SCHEME)) {
      throw new IllegalArgumentException("a placeholder's hash is not " + SCHEME + ":…");
    }
    HexFormat hex = HexFormat.of();
    byte[] now = derive(value, hex.parseHex(parts[2]), Integer.parseInt(parts[1]));
    return MessageDigest.isEqual(now, hex.parseHex(parts[3]));
  }

  private static byte[] derive(String value, byte[] salt, int rounds) {
    try {
      return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
          .generateSecret(new PBEKeySpec(value.toCharArray(), salt, rounds, HASH_BITS))
          .getEncoded();
    } catch (NoSuchAlgorithmException | InvalidKeySpecException e) {
      throw new IllegalStateException("every Java platform has PBKDF2WithHmacSHA256", e);
    }
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
