package dev.sluice.execute;

import java.time.Duration;

/**
 * A lock as it was seen on a relation that existed before.
 *
 * @param relation with its schema, unquoted
 * @param mode in the manual's words
 * @param time at most: from when nobody stood in the way any more to the commit
 */
public record HeldLock(String relation, String mode, Duration time) {}
