package dev.sluice.dialect;

/**
 * Why a server refuses a statement, whatever rows are there. The migration that holds it stops
 * there.
 *
 * @param why what is in its way, and how to say it instead: {@code IF NOT EXISTS in ALTER TABLE is
 *     MariaDB's}
 */
public record Refusal(String why) {}
