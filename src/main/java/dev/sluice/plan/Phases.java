package dev.sluice.plan;

import dev.sluice.release.Phase;
import dev.sluice.schema.Change;
import dev.sluice.schema.Schema;
import java.util.ArrayList;
import java.util.List;

/**
 * The schema at the place where planning stands, as it will be in each phase: in pre-deploy after
 * all its steps so far; in post-deploy after all of pre-deploy, and then after its own steps so
 * far.
 *
 * @param pre in pre-deploy; the roll-out changes nothing of it
 * @param owed what post-deploy does to it
 * @param settings of the session, since the file began
 */
public record Phases(Schema pre, List<Owed> owed, List<Change> settings) {

  /** A change of post-deploy, under the settings of the statement that it comes from. */
  public record Owed(List<Change> settings, Change change) {}

  public Phases {
    owed = List.copyOf(owed);
    settings = List.copyOf(settings);
  }

  static Phases startingFrom(Schema before) {
    return new Phases(before, List.of(), List.of());
  }

  /** In post-deploy. */
  public Schema post() {
    Schema schema = pre;
    for (Owed one : owed) {
      schema = under(schema, one.settings()).after(one.change());
    }
    return under(schema, settings);
  }

  private static Schema under(Schema schema, List<Change> settings) {
    Schema set = schema.atNextMigration();
    for (Change setting : settings) {
      set = set.after(setting);
    }
    return set;
  }

  public Schema in(Phase phase) {
    return switch (phase) {
      case DEBT, PRE_DEPLOY, ROLLING -> pre;
      case POST_DEPLOY -> post();
    };
  }

  Phases after(Phase phase, List<Change> changes) {
    Schema schema = pre;
    List<Owed> more = new ArrayList<>(owed);
    for (Change change : changes) {
      switch (phase) {
        case DEBT, PRE_DEPLOY, ROLLING -> schema = schema.after(change);
        case POST_DEPLOY -> more.add(new Owed(settings, change));
      }
    }
    return new Phases(schema, more, settings);
  }

  /** After a setting of the session, which holds in both phases until the file ends. */
  Phases under(Change setting) {
    List<Change> more = new ArrayList<>(settings);
    more.add(setting);
    return new Phases(pre.after(setting), owed, more);
  }

  Phases atNextMigration() {
    return new Phases(pre.atNextMigration(), owed, List.of());
  }
}
