package dev.sluice.cli;

import dev.sluice.sql.Problem;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Where the process starts. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.exit(run(Shell.ofProcess(), args));
  }

  /** Runs one command to its end, and answers its exit code. Throws nothing. */
  static int run(Shell shell, String... args) {
    SluiceCommand sluice = new SluiceCommand();
    int code = sluice.commandLine(shell).execute(args);
    shell.out().flush();
    shell.err().flush();
    return code;
  }

  /** A command line that picocli could not read. */
  static int wrongUse(ParameterException e, Shell shell) {
    CommandLine command = e.getCommandLine();
    StringBuilder message = new StringBuilder("sluice: ").append(e.getMessage());
    if (e instanceof UnmatchedArgumentException unmatched) {
      List<String> near = unmatched.getSuggestions();
      if (!near.isEmpty()) {
        message.append("\n  nearest: ").append(near.get(0));
      }
    }
    message.append("\n  fix: ").append(command.getCommandSpec().qualifiedName()).append(" --help");
    shell.err().println(message);
    return ExitCode.WRONG_USE;
  }

  /** What a command threw: the user's to put right, or ours. */
  static int failure(Exception e, boolean debug, Shell shell) {
    if (debug) {
      e.printStackTrace(shell.err());
    }
    if (e instanceof Problem problem) {
      shell.err().println(problem.getMessage());
      return ExitCode.of(problem.reason());
    }
    shell
        .err()
        .println(
            "sluice: this is a bug of Sluice: "
                + e
                + (debug ? "" : "\n  fix: run it again with --debug and report what it prints"));
    return ExitCode.BUG;
  }
}
