package dev.sluice.plan;

import dev.sluice.release.Effects;
import dev.sluice.release.Effects.Item;
import dev.sluice.release.Release;
import dev.sluice.release.Subject;
import java.util.List;
import java.util.Set;

final class Dependencies {
  private Dependencies() {}

  static List<Subject> of(Subject subject, Release release) {
    return release.subjects().stream()
        .takeWhile(s -> !s.equals(subject))
        .filter(s -> depends(subject.effects(), s.effects()))
        .toList();
  }

  private static boolean depends(Effects later, Effects earlier) {
    return meet(later.reads(), earlier.creates())
        || meet(later.reads(), earlier.changes())
        || meet(later.reads(), earlier.drops())
        || meet(later.changes(), earlier.creates())
        || meet(later.changes(), earlier.changes())
        || meet(later.changes(), earlier.reads())
        || meet(later.drops(), earlier.creates())
        || meet(later.drops(), earlier.changes())
        || meet(later.drops(), earlier.reads())
        || meet(later.creates(), earlier.drops());
  }

  private static boolean meet(Set<Item> one, Set<Item> other) {
    return one.stream().anyMatch(other::contains);
  }
}
