package dev.sluice.cli;

import picocli.CommandLine.Option;

/** For people or for programs. */
final class FormatOption {

  /** What a report is written as. */
  enum Format {
    TEXT,
    JSON
  }

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "text or json.")
  private Format format = Format.TEXT;

  Format format() {
    return format;
  }
}
