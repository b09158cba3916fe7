package dev.sluice.cli;

import dev.sluice.report.Style;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;

/**
 * What a command is started in.
 *
 * @param directory where the user stands: relative paths start here, and messages show them so
 * @param home the user's home directory
 * @param environment variables; secrets among them, so never shown
 * @param in a person's answers
 * @param out what was asked for; flushed at each line's end
 * @param err messages and progress
 * @param terminal which of both a person looks at
 */
record Shell(
    Path directory,
    Path home,
    Map<String, String> environment,
    BufferedReader in,
    PrintWriter out,
    PrintWriter err,
    Terminal terminal,
    Clock clock) {

  /** Which of the three standard streams end at a terminal. */
  record Terminal(boolean in, boolean out, boolean err) {
    static final Terminal NONE = new Terminal(false, false, false);
  }

  Shell {
    environment = Map.copyOf(environment);
  }

  /**
   * The process's own. Java 21 cannot say whether an output is a terminal, so {@code bin/sluice}
   * does: {@code -Dsluice.terminal=in,out,err}.
   */
  static Shell ofProcess() {
    String terminals = System.getProperty("sluice.terminal", "");
    return new Shell(
        Path.of(""),
        Path.of(System.getProperty("user.home", "")),
        System.getenv(),
        new BufferedReader(
            new InputStreamReader(new FileInputStream(FileDescriptor.in), StandardCharsets.UTF_8)),
        writer(FileDescriptor.out),
        writer(FileDescriptor.err),
        new Terminal(
            terminals.contains("in"), terminals.contains("out"), terminals.contains("err")),
        Clock.system(ZoneId.systemDefault()));
  }

  /** Who works here, for the journal and for those who ask who holds a lock: {@code ann@build7}. */
  String who() {
    return System.getProperty("user.name", "somebody") + "@" + host();
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  /**
   * Asks a person a question that is answered with yes or no. No where nobody is there to answer.
   */
  boolean confirms(String question) {
    if (!terminal.in() || !terminal.err()) {
      return false;
    }
    err.print(question + " [y/N] ");
    err.flush();
    try {
      String answer = in.readLine();
      return answer != null && answer.strip().toLowerCase(Locale.ROOT).matches("y|yes");
    } catch (IOException e) {
      return false;
    }
  }

  /** Colours, as wanted and as the terminal can show them. */
  Style style(SluiceCommand.Color color, boolean atTerminal) {
    return switch (color) {
      case ALWAYS -> Style.COLORED;
      case NEVER -> Style.PLAIN;
      case AUTO ->
          atTerminal && environment.getOrDefault("NO_COLOR", "").isEmpty()
              ? Style.COLORED
              : Style.PLAIN;
    };
  }

  // UTF-8 whatever the locale says: scripts read JSON as UTF-8, and so do today's terminals.
  private static PrintWriter writer(FileDescriptor file) {
    return new PrintWriter(
        new OutputStreamWriter(new Unread(new FileOutputStream(file)), StandardCharsets.UTF_8),
        true);
  }

  /** Where a reader is gone, as in {@code sluice plan | head}, the rest is wanted by nobody. */
  private static final class Unread extends FilterOutputStream {
    private boolean gone;

    Unread(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (!gone) {
        try {
          out.write(bytes, offset, length);
        } catch (IOException e) {
          gone = "Broken pipe".equals(e.getMessage());
          if (!gone) {
            throw e;
          }
        }
      }
    }
  }
}
