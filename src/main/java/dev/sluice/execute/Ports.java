package dev.sluice.execute;

import dev.sluice.migration.History;
import dev.sluice.migration.Migrations;
import java.util.Optional;

/**
 * Whom a run asks and tells.
 *
 * @param migrations the files; empty where there are none at hand: then what the plan says of them
 *     is taken
 */
public record Ports(
    History history,
    Optional<Migrations> migrations,
    Rollout rollout,
    Confirmation confirmation,
    Progress progress) {}
