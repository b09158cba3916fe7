package dev.sluice.sql;

import java.util.AbstractSet;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * An immutable set that keeps the order it was made in. That of {@link Set#copyOf} differs from one
 * process to the next, and whatever is said of the elements would with it.
 */
public final class Ordered<T> extends AbstractSet<T> {

  private final Set<T> elements;

  private Ordered(Set<T> elements) {
    this.elements = elements;
  }

  /** The same elements in the order that {@code set} gives them in. */
  public static <T> Set<T> copyOf(Set<T> set) {
    return switch (set.size()) {
      case 0 -> Set.of();
      case 1 -> Set.of(set.iterator().next());
      default ->
          set instanceof Ordered
              ? set
              : new Ordered<>(Collections.unmodifiableSet(new LinkedHashSet<>(set)));
    };
  }

  @Override
  public boolean contains(Object element) {
    return elements.contains(element);
  }

  @Override
  public Iterator<T> iterator() {
    return elements.iterator();
  }

  @Override
  public int size() {
    return elements.size();
  }
}
