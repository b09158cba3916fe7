package dev.sluice.cli;

import dev.sluice.database.SqlFailure;
import dev.sluice.database.Stop.Stopped;
import dev.sluice.sql.Problem;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
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
    int code = sluice.commandLine(shell).execute(asOption(args));
    shell.err().flush();
    if (shell.out().checkError()) {
      shell
          .err()
          .println(
              "sluice: not all of the output could be written\n"
                  + "  fix: look for space where it goes, then run it again");
      return code == ExitCode.CLEAN ? ExitCode.WRONG_USE : code;
    }
    return code;
  }

  /** {@code sluice help plan} is what many type for {@code sluice plan --help}. */
  private static String[] asOption(String[] args) {
    return args.length == 0 || !args[0].equals("help")
        ? args
        : Stream.concat(Arrays.stream(args).skip(1), Stream.of("--help")).toArray(String[]::new);
  }

  /** A command line that picocli could not read. */
  static int wrongUse(ParameterException e, Shell shell) {
    CommandLine command = e.getCommandLine();
    StringBuilder message = new StringBuilder("sluice: ").append(what(e));
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

  /** Where picocli's own words speak of indexes and subcommands, ours. */
  private static String what(ParameterException e) {
    CommandLine command = e.getCommandLine();
    boolean root = command.getParent() == null;
    if (e instanceof UnmatchedArgumentException unmatched && !unmatched.isUnknownOption()) {
      String words = String.join(" ", unmatched.getUnmatched());
      return root
          ? words + ": no such command"
          : words + ": " + command.getCommandName() + " takes nothing there";
    }
    String said = String.valueOf(e.getMessage());
    return said.equals("Missing required subcommand")
        ? "no command; there are " + String.join(", ", command.getSubcommands().keySet())
        : said;
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
    if (e instanceof Stopped) {
      shell.err().println("stopped; the same command goes on from there");
      return ExitCode.INTERRUPTED;
    }
    if (e instanceof SqlFailure refused) {
      shell
          .err()
          .println(
              "the database refused what Sluice needs: "
                  + refused.said()
                  + "\n  fix: put that right, then run the same command again");
      return ExitCode.WRONG_USE;
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
