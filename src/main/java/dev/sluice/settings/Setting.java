package dev.sluice.settings;

/**
 * One value as it was written.
 *
 * @param value lists joined by commas
 * @param origin where, for messages: {@code sluice.toml: lock.timeout} or {@code
 *     SLUICE_LOCK_TIMEOUT}
 */
record Setting(String value, String origin) {}
