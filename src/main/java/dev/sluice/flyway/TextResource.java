package dev.sluice.flyway;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import org.flywaydb.core.api.resource.LoadableResource;

/** A text in memory, where Flyway wants to read a file. */
final class TextResource extends LoadableResource {
  private final String text;

  TextResource(String text) {
    this.text = text;
  }

  @Override
  public Reader read() {
    return new EndingReader(text);
  }

  @Override
  public String getAbsolutePath() {
    return "";
  }

  @Override
  public String getAbsolutePathOnDisk() {
    return "";
  }

  @Override
  public String getFilename() {
    return "";
  }

  @Override
  public String getRelativePath() {
    return "";
  }

  /**
   * Ends for good. Flyway's parser looks for the end of COPY data, or for the text of a DELIMITER
   * command, without asking whether the file is over: it would read the end for ever.
   */
  private static final class EndingReader extends FilterReader {
    private static final int PATIENCE = 10_000;
    private int ends;

    EndingReader(String text) {
      super(new StringReader(text));
    }

    @Override
    public int read() throws IOException {
      return counted(super.read());
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
      return counted(super.read(buffer, offset, length));
    }

    private int counted(int read) throws IOException {
      if (read < 0 && ++ends > PATIENCE) {
        throw new IOException("the text is over");
      }
      return read;
    }
  }
}
