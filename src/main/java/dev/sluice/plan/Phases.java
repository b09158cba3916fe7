package dev.sluice.plan;

import dev.sluice.release.Phase;
import dev.sluice.schema.Change;
import dev.sluice.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The schema at the place where planning stands, as it will be in each phase: in pre-deploy after
 * all its steps so far; in post-deploy after all of pre-deploy, and then after its own steps so
 * far. One thread works on it.
 */
public final class Phases {

  /** A change of post-deploy, under the settings of the statement that it comes from. */
  private record Owed(List<Change> settings, Change change) {}

  private final Schema pre;
  private final List<Owed> owed;

  /** Of the session, since the file began. */
  private final List<Change> settings;

  /**
   * After all that post-deploy does. Every recipe asks for it, and folding all that is owed anew
   * each time would take the square of the steps.
   */
  private @Nullable Schema ended;

  private Phases(Schema pre, List<Owed> owed, List<Change> settings, @Nullable Schema ended) {
    this.pre = pre;
    this.owed = owed;
    this.settings = settings;
    this.ended = ended;
  }

  static Phases startingFrom(Schema before) {
    return new Phases(before, List.of(), List.of(), before);
  }

  /** In pre-deploy; the roll-out changes nothing of it. */
  public Schema pre() {
    return pre;
  }

  /** In post-deploy. */
  public Schema post() {
    return under(ended(), settings);
  }

  private Schema ended() {
    Schema schema = ended;
    if (schema == null) {
      schema = pre;
      for (Owed one : owed) {
        schema = under(schema, one.settings()).after(one.change());
      }
      ended = schema;
    }
    return schema;
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
    return switch (phase) {
      case DEBT, PRE_DEPLOY, ROLLING -> {
        Schema schema = pre;
        for (Change change : changes) {
          schema = schema.after(change);
        }
        yield at(schema, settings);
      }
      case POST_DEPLOY -> {
        List<Owed> more = new ArrayList<>(owed);
        Schema schema = ended();
        for (Change change : changes) {
          more.add(new Owed(settings, change));
          schema = under(schema, settings).after(change);
        }
        yield new Phases(pre, List.copyOf(more), settings, schema);
      }
    };
  }

  /** After a setting of the session, which holds in both phases until the file ends. */
  Phases under(Change setting) {
    List<Change> more = new ArrayList<>(settings);
    more.add(setting);
    return at(pre.after(setting), List.copyOf(more));
  }

  Phases atNextMigration() {
    return at(pre.atNextMigration(), List.of());
  }

  /** What post-deploy ends with is worked out anew where it begins with something else. */
  private Phases at(Schema schema, List<Change> set) {
    return new Phases(schema, owed, set, schema.equals(pre) ? ended : null);
  }
}
