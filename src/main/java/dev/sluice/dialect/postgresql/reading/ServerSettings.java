package dev.sluice.dialect.postgresql.reading;

import dev.sluice.schema.Change;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is set for sessions to come, where the grammar does not know the statement. */
final class ServerSettings {

  private static final Pattern SYSTEM =
      Pattern.compile(
          "(?is)\\s*alter\\s+system\\s+(?:set\\s+([\\w.]+)\\s*(?:=|\\sto\\s)\\s*(.+?)|reset\\s+([\\w.]+))\\s*;?\\s*");

  private static final Pattern OF_ALL_ROLES =
      Pattern.compile("(?i)\\s*alter\\s+(?:role|user)\\s+all\\s+(?:set|reset|in\\s+database)\\b");

  private ServerSettings() {}

  /** Empty for every other statement. */
  static Optional<Change> read(String sql) {
    if (OF_ALL_ROLES.matcher(sql).lookingAt()) {
      return Optional.of(new Change.NoEffect(sql.strip()));
    }
    Matcher matcher = SYSTEM.matcher(sql);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        Optional.ofNullable(matcher.group(1))
            .map(name -> set(name, List.of(String.valueOf(matcher.group(2)))))
            .orElseGet(() -> set(String.valueOf(matcher.group(3)), List.of())));
  }

  private static Change set(String parameter, List<String> values) {
    return new Change.SetServerParameter(parameter.toLowerCase(Locale.ROOT), values);
  }
}
