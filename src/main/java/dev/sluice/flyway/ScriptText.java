package dev.sluice.flyway;

import dev.sluice.flyway.FlywaySettings.ScriptFiles;
import dev.sluice.sql.Problem;
import dev.sluice.sql.Problem.Reason;
import dev.sluice.sql.Source;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.flywaydb.core.internal.resource.filesystem.EncodingDetector;
import org.flywaydb.core.internal.resource.filesystem.FlywayEncodingDetectionException;

/** Reads a file in the encoding that Flyway would read it in, and refuses what does not fit. */
final class ScriptText {
  private ScriptText() {}

  /**
   * @param shown the file as messages name it
   * @param own the encoding that the file's {@code .conf} names
   * @throws Problem where a byte is none of the encoding's
   */
  static Source read(Path file, String shown, ScriptFiles settings, Optional<Charset> own) {
    byte[] bytes = bytes(file, shown);
    Charset charset = own.orElseGet(() -> charset(file, settings));
    CharsetDecoder decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out =
        CharBuffer.allocate((int) Math.ceil(bytes.length * (double) decoder.maxCharsPerByte()) + 1);
    CoderResult result = decoder.decode(in, out, true);
    if (!result.isError()) {
      result = decoder.flush(out);
    }
    String text = out.flip().toString();
    if (result.isError()) {
      Source readable = new Source(shown, text);
      throw new Problem(
          Reason.FILES,
          shown
              + ":"
              + readable.locate(text.length())
              + ": the byte 0x"
              + String.format("%02X", bytes[in.position()])
              + " is not "
              + charset.name()
              + "; Flyway refuses the file\n  fix: save it as "
              + charset.name()
              + ", or name its encoding: flyway.encoding, or encoding in "
              + file.getFileName()
              + ".conf");
    }
    return new Source(shown, text.startsWith("\ufeff") ? text.substring(1) : text);
  }

  private static Charset charset(Path file, ScriptFiles settings) {
    if (!settings.detectEncoding()) {
      return settings.encoding();
    }
    try {
      return EncodingDetector.detectFileEncoding(file);
    } catch (FlywayEncodingDetectionException e) {
      return settings.encoding();
    }
  }

  /** A text that is no migration, taken for UTF-8 whatever it holds. */
  static Source utf8(Path file, String shown) {
    byte[] bytes = bytes(file, shown);
    return new Source(shown, new String(bytes, StandardCharsets.UTF_8).replaceFirst("^\ufeff", ""));
  }

  private static byte[] bytes(Path file, String shown) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new Problem(
          Reason.FILES, shown + ": cannot be read (" + e.getClass().getSimpleName() + ")", e);
    }
  }
}
