-- Business customers pay more than 21 million at once.
ALTER TABLE payments ALTER COLUMN amount_cents TYPE bigint;
