package dev.sluice.cli;

import java.util.Optional;

/**
 * Where the database's password comes from, if Flyway's settings do not hold it.
 *
 * @param passwordFile a file whose first line it is
 * @param passwordCommand a command for {@code sh -c} whose first line of output it is
 */
record LoginSettings(Optional<String> passwordFile, Optional<String> passwordCommand) {
  static final LoginSettings DEFAULTS = new LoginSettings(Optional.empty(), Optional.empty());

  LoginSettings {
    if (passwordFile.isPresent() && passwordCommand.isPresent()) {
      throw new IllegalArgumentException(
          "a password comes from one place\n  fix: keep password-file or password-command");
    }
  }
}
