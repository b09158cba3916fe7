package dev.sluice.dialect.mysql.impact;

import dev.sluice.schema.DataType;

/**
 * Whether a VARCHAR or VARBINARY of another length is stored as before. One byte in front of a
 * value says its length where no value exceeds 255 bytes, two where one may.
 */
final class Width {

  private static final int ONE_BYTE = 255;

  /** In one byte, the lengths up to here look like the low byte of two (MDEV-15563). */
  private static final int EITHER = 127;

  private Width() {}

  /** Whether no value gets shorter and none is stored otherwise, whatever is not known. */
  static boolean grows(
      DataType from, Text was, DataType to, Text is, Storage storage, Server server) {
    int before = Types.length(from, 0);
    int after = Types.length(to, 0);
    if (after < before) {
      return false;
    }
    if (Types.base(from).equals("varbinary")) {
      return fits(before, after, storage, server);
    }
    boolean same = was.sameCharset(is);
    return was.bytesOfACharacter(server).stream()
        .allMatch(
            bytes ->
                (same ? java.util.Set.of(bytes) : is.bytesOfACharacter(server))
                    .stream()
                        .allMatch(
                            newBytes -> fits(before * bytes, after * newBytes, storage, server)));
  }

  private static boolean fits(int before, int after, Storage storage, Server server) {
    boolean sameClass = before > ONE_BYTE || after <= ONE_BYTE;
    boolean mariadb = server.has(Feature.VARCHAR_GROWS_FROM_127);
    return sameClass || (mariadb && (before <= EITHER || storage.isRedundant()));
  }
}
