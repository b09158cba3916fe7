package dev.sluice.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a command is started in.
 *
 * @param directory where the user stands: relative paths start here, and messages show them so
 * @param home the user's home directory
 * @param environment variables; secrets among them, so never shown
 * @param out what was asked for; flushed at each line's end
 * @param err messages and progress
 * @param terminal which of both a person looks at
 */
record Shell(
    Path directory,
    Path home,
    Map<String, String> environment,
    PrintWriter out,
    PrintWriter err,
    Terminal terminal) {

  /** Whether standard output and standard error end at a terminal. */
  record Terminal(boolean out, boolean err) {
    static final Terminal NONE = new Terminal(false, false);
  }

  Shell {
    environment = Map.copyOf(environment);
  }

  /**
   * The process's own. Java 21 cannot say whether an output is a terminal, so {@code bin/sluice}
   * does: {@code -Dsluice.terminal=out,err}.
   */
  static Shell ofProcess() {
    String terminals = System.getProperty("sluice.terminal", "");
    return new Shell(
        Path.of(""),
        Path.of(System.getProperty("user.home", "")),
        System.getenv(),
        writer(FileDescriptor.out),
        writer(FileDescriptor.err),
        new Terminal(terminals.contains("out"), terminals.contains("err")));
  }

  // UTF-8 whatever the locale says: scripts read JSON as UTF-8, and so do today's terminals.
  private static PrintWriter writer(FileDescriptor file) {
    return new PrintWriter(
        new OutputStreamWriter(new FileOutputStream(file), StandardCharsets.UTF_8), true);
  }
}
