package dev.sluice.cache;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/** The checksum of all that a result depends on: half of a SHA-256. */
record Key(long high, long low) {

  /** Of the parts in order; where one ends and the next begins counts too. */
  static Key of(String first, String... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      Output text = new Output();
      text.text(first);
      for (String part : parts) {
        text.text(part);
      }
      ByteBuffer sum = ByteBuffer.wrap(digest.digest(text.toBytes()));
      return new Key(sum.getLong(), sum.getLong());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  // As for QualifiedName: asked for too often to be bound at run time.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Key that && high == that.high && low == that.low;
  }

  @Override
  public int hashCode() {
    return (int) low;
  }
}
