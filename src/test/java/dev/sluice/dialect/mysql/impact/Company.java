package dev.sluice.dialect.mysql.impact;

import dev.sluice.testing.ServerDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntFunction;

/** One who writes a table and one who reads it, again and again, until it is closed. */
final class Company implements AutoCloseable {

  /** From and to, in nanoseconds of {@link System#nanoTime}. */
  private record Span(long from, long to) {}

  private final AtomicBoolean open = new AtomicBoolean(true);
  private final Queue<Span> writes = new ConcurrentLinkedQueue<>();
  private final Queue<Span> reads = new ConcurrentLinkedQueue<>();
  private final ExecutorService threads = Executors.newFixedThreadPool(2);
  private Future<?> writer;
  private Future<?> reader;

  private Company(String table, ServerDatabase database) {
    writer =
        threads.submit(
            () -> {
              repeat(
                  database,
                  n -> "INSERT INTO " + table + " (id) VALUES (" + (-1 - n) + ")",
                  writes);
              return null;
            });
    reader =
        threads.submit(
            () -> {
              repeat(database, n -> "SELECT * FROM " + table + " WHERE id = 1", reads);
              return null;
            });
  }

  /** Both have begun when it returns. */
  static Company of(String table, ServerDatabase database) throws InterruptedException {
    Company company = new Company(table, database);
    while (company.writes.isEmpty() || company.reads.isEmpty()) {
      Thread.sleep(5);
    }
    return company;
  }

  private void repeat(ServerDatabase database, IntFunction<String> sql, Queue<Span> spans)
      throws SQLException, InterruptedException {
    try (Connection connection = database.connect()) {
      for (int n = 0; open.get(); n++) {
        long from = System.nanoTime();
        Bench.execute(connection, sql.apply(n));
        spans.add(new Span(from, System.nanoTime()));
        Thread.sleep(2);
      }
    }
  }

  double longestWriteSince(long start) throws InterruptedException, ExecutionException {
    return longest(writes, writer, start);
  }

  double longestReadSince(long start) throws InterruptedException, ExecutionException {
    return longest(reads, reader, start);
  }

  private double longest(Queue<Span> spans, Future<?> thread, long start)
      throws InterruptedException, ExecutionException {
    open.set(false);
    thread.get();
    return spans.stream()
        .filter(s -> s.to > start)
        .mapToLong(s -> s.to - Math.max(s.from, start))
        .max()
        .orElse(0);
  }

  @Override
  public void close() {
    open.set(false);
    threads.shutdown();
  }
}
