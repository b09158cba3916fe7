package dev.sluice.report;

import dev.sluice.release.Kind;

/** Emphasis by ANSI escape sequences (ECMA-48, "SGR"), or none at all. */
public enum Style {
  PLAIN,
  COLORED;

  String bold(String text) {
    return wrap("1", text);
  }

  String dim(String text) {
    return wrap("2", text);
  }

  String red(String text) {
    return wrap("31", text);
  }

  String green(String text) {
    return wrap("32", text);
  }

  String yellow(String text) {
    return wrap("33", text);
  }

  String cyan(String text) {
    return wrap("36", text);
  }

  /** Green goes out before, yellow waits, cyan is split, red is not known. */
  String kind(Kind kind) {
    return switch (kind) {
      case EXPAND, BACKFILL -> green(kind.id());
      case CONTRACT -> yellow(kind.id());
      case RENAME, REPLACE, MIXED -> cyan(kind.id());
      case UNKNOWN -> red(kind.id());
      case NONE -> dim(kind.id());
    };
  }

  private String wrap(String code, String text) {
    return switch (this) {
      case PLAIN -> text;
      case COLORED -> "\u001b[" + code + "m" + text + "\u001b[0m";
    };
  }
}
