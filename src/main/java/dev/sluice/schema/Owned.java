package dev.sluice.schema;

import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/**
 * Values by key, found as well by the relations they hang on: the indexes of a table, the views
 * that read it. Immutable.
 */
final class Owned<K, V> {

  private final Function<V, Set<QualifiedName>> owners;
  private final PMap<K, V> byKey;
  private final PMap<QualifiedName, Held<K, V>> byOwner;

  private Owned(
      Function<V, Set<QualifiedName>> owners,
      PMap<K, V> byKey,
      PMap<QualifiedName, Held<K, V>> byOwner) {
    this.owners = owners;
    this.byKey = byKey;
    this.byOwner = byOwner;
  }

  private record Entry<K, V>(String text, K key, V value) {}

  /**
   * What hangs on one relation, in order of its keys' text, so that what is made from it comes out
   * alike every time. It is asked for far more often than it changes.
   *
   * @param values those of the entries
   */
  private record Held<K, V>(List<Entry<K, V>> entries, List<V> values) {

    Held(List<Entry<K, V>> entries) {
      this(entries, entries.stream().map(Entry::value).toList());
    }

    Held<K, V> with(Entry<K, V> entry) {
      List<Entry<K, V>> all = new ArrayList<>(without(entry).entries);
      int at = Collections.binarySearch(all, entry, Comparator.comparing(Entry::text));
      all.add(at < 0 ? -at - 1 : at, entry);
      return new Held<>(all);
    }

    Held<K, V> without(Entry<K, V> entry) {
      return new Held<>(
          entries.stream()
              .filter(e -> !(e.text.equals(entry.text) && e.key.equals(entry.key)))
              .toList());
    }
  }

  static <K, V> Owned<K, V> by(Function<V, Set<QualifiedName>> owners) {
    return new Owned<>(owners, HashTreePMap.empty(), HashTreePMap.empty());
  }

  Optional<V> get(K key) {
    return Optional.ofNullable(byKey.get(key));
  }

  boolean has(K key) {
    return byKey.containsKey(key);
  }

  Set<K> keys() {
    return byKey.keySet();
  }

  boolean isEmpty() {
    return byKey.isEmpty();
  }

  Collection<V> values() {
    return byKey.values();
  }

  /** In order of their keys' text. */
  List<V> on(QualifiedName owner) {
    Held<K, V> held = byOwner.get(owner);
    return held == null ? List.of() : held.values();
  }

  Owned<K, V> with(K key, V value) {
    Set<QualifiedName> its = owners.apply(value);
    V old = byKey.get(key);
    PMap<QualifiedName, Held<K, V>> owned =
        old == null || owners.apply(old).equals(its) ? byOwner : without(key).byOwner;
    Entry<K, V> entry = new Entry<>(key.toString(), key, value);
    for (QualifiedName owner : its) {
      Held<K, V> held = owned.get(owner);
      owned = owned.plus(owner, held == null ? new Held<>(List.of(entry)) : held.with(entry));
    }
    return new Owned<>(owners, byKey.plus(key, value), owned);
  }

  Owned<K, V> without(K key) {
    V old = byKey.get(key);
    if (old == null) {
      return this;
    }
    PMap<QualifiedName, Held<K, V>> owned = byOwner;
    Entry<K, V> entry = new Entry<>(key.toString(), key, old);
    for (QualifiedName owner : owners.apply(old)) {
      Held<K, V> held = owned.get(owner);
      if (held != null) {
        Held<K, V> rest = held.without(entry);
        owned = rest.values().isEmpty() ? owned.minus(owner) : owned.plus(owner, rest);
      }
    }
    return new Owned<>(owners, byKey.minus(key), owned);
  }
}
