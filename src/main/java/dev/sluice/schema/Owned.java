package dev.sluice.schema;

import dev.sluice.sql.QualifiedName;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.pcollections.HashTreePMap;
import org.pcollections.HashTreePSet;
import org.pcollections.PMap;
import org.pcollections.PSet;

/**
 * Values by key, found as well by the relations they hang on: the indexes of a table, the views
 * that read it. Immutable.
 */
final class Owned<K, V> {

  private final Function<V, Set<QualifiedName>> owners;
  private final PMap<K, V> byKey;
  private final PMap<QualifiedName, PSet<K>> byOwner;

  private Owned(
      Function<V, Set<QualifiedName>> owners,
      PMap<K, V> byKey,
      PMap<QualifiedName, PSet<K>> byOwner) {
    this.owners = owners;
    this.byKey = byKey;
    this.byOwner = byOwner;
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

  /** In order of their keys' text, so that what is made from them comes out alike every time. */
  List<V> on(QualifiedName owner) {
    PSet<K> keys = byOwner.get(owner);
    if (keys == null) {
      return List.of();
    }
    if (keys.size() == 1) {
      return get(keys.iterator().next()).stream().toList();
    }
    return keys.stream()
        .sorted(Comparator.comparing(Object::toString))
        .flatMap(k -> get(k).stream())
        .toList();
  }

  Owned<K, V> with(K key, V value) {
    Set<QualifiedName> its = owners.apply(value);
    V old = byKey.get(key);
    if (old != null && owners.apply(old).equals(its)) {
      return new Owned<>(owners, byKey.plus(key, value), byOwner);
    }
    PMap<QualifiedName, PSet<K>> owned = without(key).byOwner;
    for (QualifiedName owner : its) {
      PSet<K> keys = owned.get(owner);
      owned = owned.plus(owner, (keys == null ? HashTreePSet.<K>empty() : keys).plus(key));
    }
    return new Owned<>(owners, byKey.plus(key, value), owned);
  }

  Owned<K, V> without(K key) {
    V old = byKey.get(key);
    if (old == null) {
      return this;
    }
    PMap<QualifiedName, PSet<K>> owned = byOwner;
    for (QualifiedName owner : owners.apply(old)) {
      PSet<K> keys = owned.get(owner);
      if (keys != null) {
        owned =
            keys.size() == 1 && keys.contains(key)
                ? owned.minus(owner)
                : owned.plus(owner, keys.minus(key));
      }
    }
    return new Owned<>(owners, byKey.minus(key), owned);
  }
}
