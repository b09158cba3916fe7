package dev.sluice.rehearse.workload;

import javax.sql.DataSource;

/**
 * One version of the application.
 *
 * @param name in what is measured
 * @param workload what it sends
 * @param database opens a new connection each time, in autocommit mode; best one that tells the
 *     server the version's name, so that its sessions can be told apart there
 */
public record Application(String name, Workload workload, DataSource database) {}
