package dev.sluice.release;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a change is to two versions that run side by side, and why.
 *
 * @param phase empty where nobody can tell, and for what only accompanies other statements
 * @param reasons the first is the main one
 */
record Verdict(
    Kind kind,
    Optional<Phase> phase,
    boolean breaksOld,
    boolean neededByNew,
    List<String> reasons) {

  Verdict {
    reasons = List.copyOf(reasons);
  }

  private static Verdict of(
      Kind kind, Optional<Phase> phase, boolean breaksOld, boolean neededByNew, String reason) {
    return new Verdict(kind, phase, breaksOld, neededByNew, List.of(reason));
  }

  /** The old version works on, the new one starts with it. */
  static Verdict expand(String reason) {
    return of(Kind.EXPAND, Optional.of(Phase.PRE_DEPLOY), false, true, reason);
  }

  /** The old version works on, and the new one would start without it. */
  static Verdict optional(String reason) {
    return of(Kind.EXPAND, Optional.of(Phase.PRE_DEPLOY), false, false, reason);
  }

  static Verdict contract(String reason) {
    return of(Kind.CONTRACT, Optional.of(Phase.POST_DEPLOY), true, false, reason);
  }

  static Verdict rename(String reason) {
    return of(Kind.RENAME, Optional.of(Phase.PRE_DEPLOY), true, true, reason);
  }

  static Verdict replace(String reason) {
    return of(Kind.REPLACE, Optional.of(Phase.PRE_DEPLOY), true, true, reason);
  }

  static Verdict backfill(String reason) {
    return of(Kind.BACKFILL, Optional.of(Phase.PRE_DEPLOY), false, true, reason);
  }

  /** Rows change, and nobody has said in which phase. */
  static Verdict undecided(String reason) {
    return of(Kind.BACKFILL, Optional.empty(), true, true, reason);
  }

  /** Changes neither schema nor rows, and stands by itself. */
  static Verdict nothing(String reason) {
    return of(Kind.NONE, Optional.of(Phase.PRE_DEPLOY), false, false, reason);
  }

  /** Goes where the statements go that it accompanies. */
  static Verdict accompanies(String reason) {
    return of(Kind.NONE, Optional.empty(), false, false, reason);
  }

  static Verdict unknown(String reason) {
    return of(Kind.UNKNOWN, Optional.empty(), true, true, reason);
  }

  /** The same, with a further reason or remark. */
  Verdict also(String remark) {
    if (reasons.contains(remark)) {
      return this;
    }
    List<String> more = new ArrayList<>(reasons);
    more.add(remark);
    return new Verdict(kind, phase, breaksOld, neededByNew, more);
  }

  Verdict also(List<String> remarks) {
    Verdict all = this;
    for (String remark : remarks) {
      all = all.also(remark);
    }
    return all;
  }

  /** Of both as one, which cannot be split. */
  Verdict and(Verdict other) {
    // What changes nothing has nothing to add to what changes something.
    if (other.kind == Kind.NONE) {
      return kind == Kind.NONE ? also(other.reasons) : this;
    }
    if (kind == Kind.NONE) {
      return other;
    }
    boolean breaks = breaksOld || other.breaksOld;
    boolean needed = neededByNew || other.neededByNew;
    if (kind == other.kind) {
      Optional<Phase> both = phase.equals(other.phase) ? phase : Optional.empty();
      return new Verdict(kind, both, breaks, needed, reasons).also(other.reasons);
    }
    if (kind == Kind.UNKNOWN || other.kind == Kind.UNKNOWN) {
      return (kind == Kind.UNKNOWN ? this : other)
          .also((kind == Kind.UNKNOWN ? other : this).reasons);
    }
    String mixed =
        "holds changes that belong to different phases, and cannot be split: taken apart into"
            + " statements, each goes to its own; or `sluice: phase` says where all of it goes";
    return new Verdict(Kind.MIXED, Optional.empty(), breaks, needed, List.of(mixed))
        .also(reasons)
        .also(other.reasons);
  }

  /** The same in a phase that was decided on. */
  Verdict in(Phase decided, boolean needed) {
    return new Verdict(kind, Optional.of(decided), !needed, needed, reasons);
  }

  /** Of a change to what this release itself made: nobody used it before. */
  Verdict onWhatIsMadeHere(String reason) {
    boolean needed =
        switch (kind) {
          case EXPAND, BACKFILL -> neededByNew;
          case RENAME, REPLACE, UNKNOWN, MIXED -> true;
          case CONTRACT, NONE -> false;
        };
    return kind == Kind.NONE
        ? this
        : of(Kind.EXPAND, Optional.of(Phase.PRE_DEPLOY), false, needed, reason);
  }

  /** Says what decides where nobody has; not to be said any more where somebody does. */
  static final String ASKS =
      "`sluice: phase pre-deploy` or `sluice: phase post-deploy` decides, or the setting"
          + " data-changes";

  /** The same of what is asked of each statement, whatever the team decided once. */
  static final String ASKS_EACH =
      "`sluice: phase pre-deploy` or `sluice: phase post-deploy` decides";

  /** As somebody said it is to be. Whoever says so answers for the old version. */
  Verdict directed(Phase to, String why) {
    if (kind == Kind.NONE) {
      return new Verdict(kind, Optional.of(to), breaksOld, neededByNew, reasons);
    }
    boolean late = to == Phase.POST_DEPLOY;
    Kind directed =
        switch (kind) {
          case BACKFILL -> Kind.BACKFILL;
          case EXPAND, CONTRACT, RENAME, REPLACE, UNKNOWN, MIXED, NONE ->
              late ? Kind.CONTRACT : Kind.EXPAND;
        };
    Verdict verdict =
        of(directed, Optional.of(to), late, !late, "a directive says " + to.id() + ": " + why);
    return verdict.also(
        reasons.stream().filter(r -> !r.equals(ASKS) && !r.equals(ASKS_EACH)).toList());
  }
}
