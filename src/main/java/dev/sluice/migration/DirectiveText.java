package dev.sluice.migration;

import dev.sluice.migration.Directive.Place;
import dev.sluice.migration.Directive.Target;
import dev.sluice.migration.Directive.When;
import dev.sluice.sql.Name;
import dev.sluice.sql.Problem;
import dev.sluice.sql.Problem.Reason;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words of one directive, behind {@code -- sluice:}. */
final class DirectiveText {

  /** Between double quotes; one inside is doubled, as SQL does it. */
  private static final String QUOTED = "\"((?:[^\"]|\"\")*)\"";

  /** A name of a table or column, each part bare or in the quotes of either engine. */
  private static final String PART = "(?:[\\p{L}_][\\p{L}\\p{N}_$]*|\"[^\"]+\"|`[^`]+`)";

  private static final Pattern ALLOW = Pattern.compile("allow\\s+([a-z0-9-]+)\\s*:\\s*(.*\\S)");
  private static final Pattern PHASE =
      Pattern.compile("phase\\s+(pre-deploy|post-deploy)\\s*:\\s*(.*\\S)");
  private static final String TARGET = "(" + PART + "(?:\\." + PART + "){1,2})";
  private static final Pattern MAPPING =
      Pattern.compile("up\\s+" + TARGET + "\\s*" + QUOTED + "\\s*,\\s*down\\s*" + QUOTED);
  private static final Pattern VALUE =
      Pattern.compile("(?:fill|default)\\s*(?:\\s" + TARGET + "\\s*)?" + QUOTED);
  private static final Pattern NAME_PART = Pattern.compile(PART);

  /** What each kind looks like, by its first word. */
  private enum Form {
    ALLOW("allow <rule>: <reason>"),
    PHASE("phase pre-deploy|post-deploy: <reason>"),
    UP("up <table>.<column> \"<new from old>\", down \"<old from new>\""),
    FILL("fill [<table>.<column>] \"<expression>\""),
    DEFAULT("default [<table>.<column>] \"<expression>\"");

    private final String text;

    Form(String text) {
      this.text = text;
    }

    static Optional<Form> of(String words) {
      for (Form form : values()) {
        if (words.matches(form.name().toLowerCase(Locale.ROOT) + "\\b.*")) {
          return Optional.of(form);
        }
      }
      return Optional.empty();
    }
  }

  private DirectiveText() {}

  /**
   * @param words without {@code -- sluice:}
   * @throws Problem where they are no directive
   */
  static Directive parse(Place place, String words) {
    String text = words.strip();
    Form form = Form.of(text).orElseThrow(() -> unknown(place, text));
    return switch (form) {
      case ALLOW -> {
        Matcher matcher = matched(ALLOW, form, place, text);
        if (!Directive.Rule.ids().contains(matcher.group(1))) {
          throw new Problem(
              Reason.FILES,
              place
                  + ": allow "
                  + matcher.group(1)
                  + ": there is no such rule, so it allows nothing\n  fix: one of "
                  + String.join(", ", Directive.Rule.ids()));
        }
        yield new Directive.Allow(place, matcher.group(1), matcher.group(2));
      }
      case PHASE -> {
        Matcher matcher = matched(PHASE, form, place, text);
        When when = matcher.group(1).equals("pre-deploy") ? When.PRE_DEPLOY : When.POST_DEPLOY;
        yield new Directive.RunIn(place, when, matcher.group(2));
      }
      case UP -> {
        Matcher matcher = matched(MAPPING, form, place, text);
        yield new Directive.Mapping(
            place,
            target(matcher.group(1)),
            expression(matcher.group(2), form, place, text),
            expression(matcher.group(3), form, place, text));
      }
      case FILL, DEFAULT -> {
        Matcher matcher = matched(VALUE, form, place, text);
        Optional<Target> target = Optional.ofNullable(matcher.group(1)).map(DirectiveText::target);
        String expression = expression(matcher.group(2), form, place, text);
        yield form == Form.FILL
            ? new Directive.Fill(place, target, expression)
            : new Directive.Default(place, target, expression);
      }
    };
  }

  private static Target target(String text) {
    List<Name> names = new ArrayList<>();
    Matcher parts = NAME_PART.matcher(text);
    while (parts.find()) {
      names.add(new Name(parts.group().replaceAll("^[\"`]|[\"`]$", "")));
    }
    Name column = names.removeLast();
    Name table = names.removeLast();
    return new Target(new QualifiedName(names.stream().findFirst(), table), column);
  }

  private static String expression(String quoted, Form form, Place place, String text) {
    String expression = quoted.replace("\"\"", "\"").strip();
    if (expression.isEmpty()) {
      throw malformed(form, place, text);
    }
    return expression;
  }

  private static Matcher matched(Pattern pattern, Form form, Place place, String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.matches()) {
      throw malformed(form, place, text);
    }
    return matcher;
  }

  private static Problem malformed(Form form, Place place, String text) {
    return new Problem(
        Reason.FILES,
        place
            + ": a directive that cannot be read: \""
            + text
            + "\"\n  fix: -- sluice: "
            + form.text);
  }

  private static Problem unknown(Place place, String text) {
    StringBuilder message =
        new StringBuilder()
            .append(place)
            .append(": no directive of Sluice: \"")
            .append(text)
            .append("\"\n  fix: one of these");
    for (Form form : Form.values()) {
      message.append("\n    -- sluice: ").append(form.text);
    }
    return new Problem(Reason.FILES, message.toString());
  }
}
