package dev.sluice.plan;

import dev.sluice.release.Dependencies;
import dev.sluice.release.Subject;
import dev.sluice.schema.Change;
import java.util.ArrayList;
import java.util.List;

/**
 * Statements of a file that only make sense together, in one session and one transaction: those
 * between the making of a temporary table and its last use, those between switching a trigger off
 * and on again, which nobody else may see switched off, and those that draw a column's numbers from
 * an identity instead of a default, and those that put an enum in the place of another.
 */
final class Bundles {

  private Bundles() {}

  /**
   * The statements of a file in order, each by itself or together with others.
   *
   * @param statements the changes of each statement
   * @param groups of the release that are one change
   */
  static List<List<List<Subject>>> of(List<List<Subject>> statements, List<List<Subject>> groups) {
    List<List<List<Subject>>> all = new ArrayList<>();
    int at = 0;
    while (at < statements.size()) {
      int end = Math.max(at, lastOf(statements, at, groups));
      all.add(List.copyOf(statements.subList(at, end + 1)));
      at = end + 1;
    }
    return all;
  }

  /** Where the bundle that begins at a statement ends; itself where none does. */
  private static int lastOf(List<List<Subject>> statements, int start, List<List<Subject>> groups) {
    int last = start;
    for (int i = start; i <= last && i < statements.size(); i++) {
      for (Subject subject : statements.get(i)) {
        if (Dependencies.needsSession(subject)) {
          last = Math.max(last, lastWithSession(statements));
        }
        if (subject.change() instanceof Change.EnableTrigger off && !off.enabled()) {
          last = Math.max(last, switchedOn(statements, i, off));
        }
        for (List<Subject> group : groups) {
          if (group.getFirst().equals(subject)) {
            last = Math.max(last, lastWith(statements, group.getLast()));
          }
        }
      }
    }
    return last;
  }

  private static int lastWithSession(List<List<Subject>> statements) {
    int last = -1;
    for (int i = 0; i < statements.size(); i++) {
      if (statements.get(i).stream().anyMatch(Dependencies::needsSession)) {
        last = i;
      }
    }
    return last;
  }

  private static int lastWith(List<List<Subject>> statements, Subject subject) {
    int last = -1;
    for (int i = 0; i < statements.size(); i++) {
      if (statements.get(i).contains(subject)) {
        last = i;
      }
    }
    return last;
  }

  private static int switchedOn(
      List<List<Subject>> statements, int from, Change.EnableTrigger off) {
    for (int i = from + 1; i < statements.size(); i++) {
      for (Subject subject : statements.get(i)) {
        if (subject.change() instanceof Change.EnableTrigger on
            && on.enabled()
            && on.kind() == off.kind()
            && on.table().equals(off.table())
            && on.name().equals(off.name())) {
          return i;
        }
      }
    }
    return from;
  }
}
