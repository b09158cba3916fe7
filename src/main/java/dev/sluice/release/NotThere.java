package dev.sluice.release;

import dev.sluice.schema.Change;
import dev.sluice.schema.ObjectKind;
import dev.sluice.schema.Schema;

/** Changes of what is not there, IF EXISTS: their server does nothing. */
final class NotThere {
  private NotThere() {}

  /** False where nobody can tell. */
  static boolean is(Change change, Schema before) {
    return switch (change) {
      case Change.DropColumn c ->
          c.ifExists()
              && before.isCertain(c.table())
              && before.column(c.table(), c.column()).isEmpty();
      case Change.DropIndex c ->
          c.ifExists()
              && before.complete()
              && c.table().map(before::isCertain).orElse(true)
              && before.index(c.index(), c.table()).isEmpty();
      case Change.DropTrigger c ->
          c.ifExists()
              && c.table().map(before::isCertain).orElseGet(before::complete)
              && before.tables().stream()
                  .noneMatch(
                      t ->
                          c.table().map(before::resolve).map(t.name()::equals).orElse(true)
                              && before.trigger(t.name(), c.trigger()).isPresent());
      case Change.DropObject c when c.kind() == ObjectKind.RULE ->
          c.ifExists()
              && c.on().map(before::isCertain).orElse(false)
              && before.other(c.kind(), c.on(), c.name()).isEmpty();
      default -> false;
    };
  }
}
