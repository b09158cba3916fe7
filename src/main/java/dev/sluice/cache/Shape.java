package dev.sluice.cache;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How values of a type are written as bytes, and made again of them: strings, numbers, flags,
 * enums, optionals, collections, records and sealed interfaces of records, as the type says. Made
 * from the types themselves, so that a record with a new component has no second place to change.
 * Types are looked at when their first value comes along. Safe for several threads.
 */
abstract class Shape {

  private static final Map<Type, Shape> KNOWN = new ConcurrentHashMap<>();

  abstract void write(Object value, Output out);

  abstract Object read(Input in);

  /**
   * @throws IllegalArgumentException for a type that is none of those
   */
  static Shape of(Type type) {
    Shape known = KNOWN.get(type);
    if (known == null) {
      known = make(type);
      KNOWN.put(type, known);
    }
    return known;
  }

  private static Shape make(Type type) {
    if (type == String.class) {
      return new Text();
    }
    if (type == boolean.class || type == Boolean.class) {
      return new Flag();
    }
    if (type == int.class || type == Integer.class) {
      return new Count();
    }
    if (type instanceof ParameterizedType generic) {
      Shape first = of(generic.getActualTypeArguments()[0]);
      Class<?> raw = (Class<?>) generic.getRawType();
      if (raw == Optional.class) {
        return new Perhaps(first);
      }
      if (raw == List.class) {
        return new Several(first, List::copyOf);
      }
      if (raw == Set.class) {
        return new Several(first, LinkedHashSet::new);
      }
      if (raw == Map.class) {
        return new Pairs(first, of(generic.getActualTypeArguments()[1]));
      }
    }
    if (type instanceof Class<?> one && one.isEnum()) {
      return new OneOf(List.of((Object[]) one.getEnumConstants()));
    }
    if (type instanceof Class<?> one && one.isRecord()) {
      return new Whole(one);
    }
    if (type instanceof Class<?> one && one.isSealed()) {
      return new Choice(one);
    }
    throw new IllegalArgumentException(type + " has no shape");
  }

  private static final class Text extends Shape {
    @Override
    void write(Object value, Output out) {
      out.text((String) value);
    }

    @Override
    Object read(Input in) {
      return in.text();
    }
  }

  private static final class Flag extends Shape {
    @Override
    void write(Object value, Output out) {
      out.octet((Boolean) value ? 1 : 0);
    }

    @Override
    Object read(Input in) {
      return in.octet() == 1;
    }
  }

  private static final class Count extends Shape {
    @Override
    void write(Object value, Output out) {
      out.number((Integer) value);
    }

    @Override
    Object read(Input in) {
      return in.number();
    }
  }

  private static final class OneOf extends Shape {
    private final List<Object> constants;

    OneOf(List<Object> constants) {
      this.constants = constants;
    }

    @Override
    void write(Object value, Output out) {
      out.number(constants.indexOf(value));
    }

    @Override
    Object read(Input in) {
      return constants.get(in.number());
    }
  }

  private static final class Perhaps extends Shape {
    private final Shape inner;

    Perhaps(Shape inner) {
      this.inner = inner;
    }

    @Override
    void write(Object value, Output out) {
      Optional<?> optional = (Optional<?>) value;
      out.octet(optional.isPresent() ? 1 : 0);
      if (optional.isPresent()) {
        inner.write(optional.get(), out);
      }
    }

    @Override
    Object read(Input in) {
      return in.octet() == 1 ? Optional.of(inner.read(in)) : Optional.empty();
    }
  }

  private static final class Several extends Shape {
    private final Shape element;
    private final Function<List<Object>, Object> collection;

    Several(Shape element, Function<List<Object>, Object> collection) {
      this.element = element;
      this.collection = collection;
    }

    @Override
    void write(Object value, Output out) {
      Collection<?> all = (Collection<?>) value;
      out.number(all.size());
      for (Object one : all) {
        element.write(one, out);
      }
    }

    @Override
    Object read(Input in) {
      int size = in.number();
      List<Object> all = new ArrayList<>(size);
      for (int i = 0; i < size; i++) {
        all.add(element.read(in));
      }
      return collection.apply(all);
    }
  }

  private static final class Pairs extends Shape {
    private final Shape key;
    private final Shape value;

    Pairs(Shape key, Shape value) {
      this.key = key;
      this.value = value;
    }

    @Override
    void write(Object map, Output out) {
      out.number(((Map<?, ?>) map).size());
      ((Map<?, ?>) map)
          .forEach(
              (k, v) -> {
                key.write(k, out);
                value.write(v, out);
              });
    }

    @Override
    Object read(Input in) {
      int size = in.number();
      Map<Object, Object> map = new LinkedHashMap<>();
      for (int i = 0; i < size; i++) {
        map.put(key.read(in), value.read(in));
      }
      return map;
    }
  }

  /** A record, by its components. */
  private static final class Whole extends Shape {
    private final Class<?> type;
    private @Nullable Parts known;

    private static final class Parts {
      final Constructor<?> constructor;
      final Method[] accessors;
      final Shape[] shapes;

      Parts(Constructor<?> constructor, Method[] accessors, Shape[] shapes) {
        this.constructor = constructor;
        this.accessors = accessors;
        this.shapes = shapes;
      }
    }

    Whole(Class<?> type) {
      this.type = type;
    }

    // Not in the constructor: a record may hold others of its kind.
    private Parts parts() {
      Parts now = known;
      if (now == null) {
        now = parts(type);
        known = now;
      }
      return now;
    }

    private static Parts parts(Class<?> type) {
      RecordComponent[] components = type.getRecordComponents();
      Class<?>[] types = new Class<?>[components.length];
      Method[] accessors = new Method[components.length];
      Shape[] shapes = new Shape[components.length];
      for (int i = 0; i < components.length; i++) {
        types[i] = components[i].getType();
        accessors[i] = components[i].getAccessor();
        accessors[i].setAccessible(true);
        shapes[i] = of(components[i].getGenericType());
      }
      try {
        Constructor<?> constructor = type.getDeclaredConstructor(types);
        constructor.setAccessible(true);
        return new Parts(constructor, accessors, shapes);
      } catch (NoSuchMethodException e) {
        throw new IllegalStateException("every record has a canonical constructor", e);
      }
    }

    @Override
    void write(Object value, Output out) {
      Parts all = parts();
      try {
        for (int i = 0; i < all.shapes.length; i++) {
          all.shapes[i].write(all.accessors[i].invoke(value), out);
        }
      } catch (IllegalAccessException | InvocationTargetException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    Object read(Input in) {
      Parts all = parts();
      Object[] values = new Object[all.shapes.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = all.shapes[i].read(in);
      }
      try {
        return all.constructor.newInstance(values);
      } catch (InstantiationException | IllegalAccessException | InvocationTargetException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** A sealed interface: which of its records, then the record. */
  private static final class Choice extends Shape {
    private final List<Class<?>> records = new ArrayList<>();

    Choice(Class<?> type) {
      gather(type);
    }

    private void gather(Class<?> type) {
      for (Class<?> permitted : type.getPermittedSubclasses()) {
        if (permitted.isSealed()) {
          gather(permitted);
        } else {
          records.add(permitted);
        }
      }
    }

    @Override
    void write(Object value, Output out) {
      int which = records.indexOf(value.getClass());
      out.number(which);
      of(records.get(which)).write(value, out);
    }

    @Override
    Object read(Input in) {
      return of(records.get(in.number())).read(in);
    }
  }
}
