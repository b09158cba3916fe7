package dev.sluice.flyway;

import dev.sluice.flyway.FlywaySettings.Placeholders;
import dev.sluice.sql.Location;
import dev.sluice.sql.Problem;
import dev.sluice.sql.Problem.Reason;
import dev.sluice.sql.Source;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A file's text with its placeholders resolved, and the way back: which part of the file each part
 * of the resolved text came from. Flyway resolves while it reads and keeps no such way; with it,
 * every place that Flyway's parser reports becomes a place in the file as written, and what is
 * shown is the file's own text, so that a value can never leak.
 *
 * <p>Resolves as Flyway's {@code PlaceholderReplacingReader} does, oddities included: names ignore
 * case, values are not read again, and after a false start of the prefix the characters looked at
 * are passed over, so that <code>$${x}</code> stays as it is. Flyway's parser also drops byte order
 * marks wherever they stand.
 */
final class Expansion {

  /**
   * A run of the resolved text.
   *
   * @param at where it starts in the resolved text
   * @param start where it starts in the file
   * @param end where it ends in the file
   * @param whole a placeholder: its characters have no places of their own in the file
   */
  private record Piece(int at, int start, int end, boolean whole) {}

  private final String text;
  private final List<Piece> pieces;
  private final Set<String> names;
  private final boolean asWritten;

  private Expansion(String text, List<Piece> pieces, Set<String> names, boolean asWritten) {
    this.asWritten = asWritten;
    this.text = text;
    this.pieces = pieces;
    this.names = names;
  }

  /**
   * @param values what the placeholders stand for, by lower-case name
   * @throws Problem where a placeholder has no value or no end
   */
  static Expansion of(Source source, Placeholders settings, Map<String, String> values) {
    boolean replaced = settings.replacement() && source.text().contains(settings.prefix());
    if (!replaced && source.text().indexOf(Marks.MARK) < 0) {
      return new Expansion(
          source.text(),
          List.of(new Piece(0, 0, source.text().length(), false)),
          new LinkedHashSet<>(),
          true);
    }
    return new Builder(source, settings, values).build();
  }

  /** Whether the text is the file's own, character by character. */
  boolean asWritten() {
    return asWritten;
  }

  /** What Flyway's parser reads. May hold secrets. */
  String text() {
    return text;
  }

  /** The placeholders that were resolved, as written, in order of appearance. */
  List<String> names() {
    return List.copyOf(names);
  }

  /** Where the character at {@code offset} of the resolved text stands in the file. */
  int start(int offset) {
    Piece piece = pieces.get(pieceAt(offset));
    return piece.whole() ? piece.start() : piece.start() + offset - piece.at();
  }

  /** Where in the file ends what ends before {@code offset} in the resolved text. */
  int end(int offset) {
    if (offset == 0) {
      return 0;
    }
    Piece piece = pieces.get(pieceAt(offset - 1));
    return piece.whole() ? piece.end() : piece.start() + offset - piece.at();
  }

  /** The last piece that starts at or before {@code offset}. */
  private int pieceAt(int offset) {
    int low = 0;
    int high = pieces.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (pieces.get(middle).at() <= offset) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  private static final class Builder {
    private final Source source;
    private final Placeholders settings;
    private final Map<String, String> values;
    private final Marks marks;
    private final String file;
    private final StringBuilder out;
    private final List<Piece> pieces = new ArrayList<>();
    private final Set<String> names = new LinkedHashSet<>();
    private int copied;

    Builder(Source source, Placeholders settings, Map<String, String> values) {
      this.source = source;
      this.settings = settings;
      this.values = values;
      this.marks = Marks.dropFrom(source.text());
      this.file = marks.text();
      this.out = new StringBuilder(file.length());
    }

    Expansion build() {
      int at = 0;
      while (settings.replacement() && at < file.length()) {
        int matched = matched(at);
        if (matched == settings.prefix().length()) {
          at = replace(at);
        } else {
          at += matched + 1;
        }
      }
      copyTo(file.length());
      if (pieces.isEmpty()) {
        pieces.add(new Piece(0, 0, 0, false));
      }
      return new Expansion(out.toString(), pieces, names, false);
    }

    /** How many characters of the prefix stand at {@code at}. */
    private int matched(int at) {
      String prefix = settings.prefix();
      int length = 0;
      while (length < prefix.length()
          && at + length < file.length()
          && file.charAt(at + length) == prefix.charAt(length)) {
        length++;
      }
      return length;
    }

    private void copyTo(int end) {
      while (copied < end) {
        int run = marks.runEnd(copied, end);
        int start = marks.original(copied);
        pieces.add(new Piece(out.length(), start, start + run - copied, false));
        out.append(file, copied, run);
        copied = run;
      }
    }

    /** Returns where reading goes on. */
    private int replace(int at) {
      int nameStart = at + settings.prefix().length();
      int nameEnd = file.indexOf(settings.suffix(), nameStart);
      if (nameEnd < 0) {
        throw new Problem(
            Reason.FILES,
            place(at)
                + ": a placeholder starts with "
                + settings.prefix()
                + " and has no "
                + settings.suffix()
                + "; Flyway refuses the file\n"
                + "  fix: close it, or set flyway.placeholderReplacement=false where the file has"
                + " no placeholders");
      }
      String name = file.substring(nameStart, nameEnd);
      String value = values.get(name.toLowerCase(Locale.ROOT));
      if (value == null) {
        throw missing(at, name);
      }
      int end = nameEnd + settings.suffix().length();
      copyTo(at);
      if (!value.isEmpty()) {
        int start = marks.original(at);
        pieces.add(new Piece(out.length(), start, marks.original(end - 1) + 1, true));
        out.append(value);
      }
      copied = end;
      names.add(name);
      return end;
    }

    private Problem missing(int at, String name) {
      String shown = name.lines().findFirst().orElse("");
      shown = shown.length() > 60 ? shown.substring(0, 60) + "…" : shown;
      return new Problem(
          Reason.FILES,
          place(at)
              + ": the placeholder "
              + settings.prefix()
              + shown
              + settings.suffix()
              + " has no value; Flyway refuses the file\n"
              + "  fix: -X.flyway.placeholders."
              + shown
              + "=…, FLYWAY_PLACEHOLDERS_"
              + shown.toUpperCase(Locale.ROOT)
              + ", or flyway.placeholders."
              + shown
              + " in Flyway's settings; flyway.placeholderReplacement=false where it is none");
    }

    private String place(int at) {
      Location location = source.locate(marks.original(at));
      return source.file() + ":" + location;
    }
  }
}
