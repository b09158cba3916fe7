package dev.sluice.cli;

import java.util.Optional;

/**
 * Where what was read of migrations is kept for the next run.
 *
 * @param enabled whether it is kept at all
 * @param directory empty for the user's cache folder
 */
record CacheSettings(boolean enabled, Optional<String> directory) {
  static final CacheSettings DEFAULTS = new CacheSettings(true, Optional.empty());
}
