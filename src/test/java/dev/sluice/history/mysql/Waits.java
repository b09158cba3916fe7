package dev.sluice.history.mysql;

import java.util.HashMap;
import java.util.Map;

/** How often a kind of wait was tried: each costs a second, so a few of a kind are enough. */
final class Waits {

  private static final int ENOUGH = 2;

  private final Map<String, Integer> tried = new HashMap<>();

  boolean wants(String kind) {
    return tried.merge(kind, 1, Integer::sum) <= ENOUGH;
  }
}
