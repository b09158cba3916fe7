package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What messages tell a user to type is there to be typed. */
class MessagesTest {

  private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\\n]++|\\\\.)*+)\"");

  /** A literal, and those that are added to it. */
  private static final Pattern SUM =
      Pattern.compile(LITERAL.pattern() + "(?:\\s*\\+\\s*" + LITERAL.pattern() + ")*+");

  private static final Pattern CALL = Pattern.compile("\\bsluice ([a-z][a-z-]*)((?: [^`;,\"]*)?)");
  private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--[a-z][a-z-]*");

  /** Words that follow the name where no command is meant. */
  private static final Set<String> NO_COMMAND = Set.of("with", "apart");

  /** Where options of other programs stand: of git, and of a database server. */
  private static final Set<String> OTHER_PROGRAMS =
      Set.of("GitDifference.java", "EmbeddedServer.java");

  private final Map<String, CommandLine> commands =
      new SluiceCommand().commandLine(Shell.ofProcess()).getSubcommands();

  @Test
  void everyCommandThatAMessageNamesIsThereAndTakesTheOptionsBesideIt() throws IOException {
    List<String> wrong = new ArrayList<>();
    int named = 0;
    for (Map.Entry<String, String> message : messages().entrySet()) {
      Matcher call = CALL.matcher(message.getValue());
      while (call.find()) {
        if (NO_COMMAND.contains(call.group(1))) {
          continue;
        }
        named++;
        CommandLine command = commands.get(call.group(1));
        if (command == null) {
          wrong.add(message.getKey() + ": sluice " + call.group(1));
        } else {
          OPTION
              .matcher(call.group(2))
              .results()
              .filter(option -> command.getCommandSpec().findOption(option.group()) == null)
              .forEach(option -> wrong.add(message.getKey() + ": " + call.group()));
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(named).isGreaterThan(20);
  }

  @Test
  void everyOptionThatAMessageNamesIsOneOfACommand() throws IOException {
    Set<String> known = new TreeSet<>();
    commands
        .values()
        .forEach(
            command ->
                command.getCommandSpec().options().forEach(o -> known.addAll(List.of(o.names()))));
    Map<String, String> wrong = new TreeMap<>();
    messages()
        .forEach(
            (place, text) ->
                OPTION
                    .matcher(text)
                    .results()
                    .filter(option -> !known.contains(option.group()))
                    .forEach(option -> wrong.put(place, option.group())));
    assertThat(wrong).isEmpty();
  }

  /** Literals of the code, those that are added to one another as one, by file and position. */
  private static Map<String, String> messages() throws IOException {
    Map<String, String> messages = new TreeMap<>();
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        if (!OTHER_PROGRAMS.contains(String.valueOf(file.getFileName()))) {
          Matcher sum = SUM.matcher(Files.readString(file));
          while (sum.find()) {
            StringBuilder text = new StringBuilder();
            LITERAL.matcher(sum.group()).results().forEach(l -> text.append(l.group(1)));
            messages.put(file.getFileName() + ":" + sum.start(), text.toString());
          }
        }
      }
    }
    return messages;
  }
}
