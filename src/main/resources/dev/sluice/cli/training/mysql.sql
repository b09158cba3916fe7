-- Statements of every common kind. They are read by the run that fills the JVM's start-up cache, and sent to nobody.
SET NAMES utf8mb4;
SET FOREIGN_KEY_CHECKS = 0;
CREATE DATABASE IF NOT EXISTS shop DEFAULT CHARACTER SET utf8mb4;
CREATE TABLE IF NOT EXISTS `customers` (
  `id` bigint unsigned NOT NULL AUTO_INCREMENT,
  `email` varchar(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  `name` text,
  `state` enum('open', 'closed') NOT NULL DEFAULT 'open' COMMENT 'what it is',
  `created_at` datetime(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6),
  `price` decimal(12, 2) NOT NULL DEFAULT '0.00',
  `lower_email` varchar(200) GENERATED ALWAYS AS (lower(`email`)) STORED,
  `extra` json DEFAULT NULL,
  `active` tinyint(1) NOT NULL DEFAULT 1,
  PRIMARY KEY (`id`),
  UNIQUE KEY `customers_email` (`email`),
  KEY `customers_state` (`state`, `created_at` DESC),
  CONSTRAINT `price_is_positive` CHECK (`price` >= 0)
) ENGINE=InnoDB AUTO_INCREMENT=100 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci COMMENT='who buys';
CREATE TABLE orders (
  id int PRIMARY KEY AUTO_INCREMENT,
  customer_id bigint unsigned NOT NULL,
  weight int(11) DEFAULT NULL,
  note longtext,
  FULLTEXT KEY words (note),
  CONSTRAINT orders_customer FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE CASCADE ON UPDATE NO ACTION
) ENGINE=InnoDB;
CREATE TABLE orders_copy LIKE orders;
CREATE TABLE totals AS SELECT customer_id, sum(weight) AS total FROM orders GROUP BY customer_id;
CREATE TABLE events (at date NOT NULL, what varchar(20))
  PARTITION BY RANGE (year(at)) (PARTITION p2025 VALUES LESS THAN (2026), PARTITION rest VALUES LESS THAN MAXVALUE);
CREATE TEMPORARY TABLE numbers (n int);
CREATE INDEX orders_weight ON orders (weight);
CREATE UNIQUE INDEX orders_note ON orders (note(100)) USING BTREE;
ALTER TABLE orders ADD COLUMN reference char(36) CHARACTER SET ascii DEFAULT NULL AFTER weight;
ALTER TABLE orders ADD shipped bit(1) NOT NULL DEFAULT b'0', ADD INDEX shipped_index (shipped), ALGORITHM=INPLACE, LOCK=NONE;
ALTER TABLE orders MODIFY COLUMN weight bigint NOT NULL, CHANGE `reference` `code` varchar(40) DEFAULT 'x';
ALTER TABLE orders ALTER COLUMN code SET DEFAULT 'y', ALTER code DROP DEFAULT;
ALTER TABLE orders ADD CONSTRAINT orders_code UNIQUE (code);
ALTER TABLE orders ADD CONSTRAINT code_is_short CHECK (char_length(code) < 40);
ALTER TABLE orders DROP FOREIGN KEY orders_customer;
ALTER TABLE orders ADD CONSTRAINT orders_buyer FOREIGN KEY (customer_id) REFERENCES customers (id);
ALTER TABLE orders DROP INDEX shipped_index, DROP COLUMN shipped;
ALTER TABLE orders DROP PRIMARY KEY, ADD PRIMARY KEY (id, customer_id);
ALTER TABLE orders RENAME INDEX orders_weight TO weights, RENAME COLUMN note TO remark;
ALTER TABLE orders CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_ai_ci;
ALTER TABLE orders ENGINE=InnoDB, COMMENT='what they buy', AUTO_INCREMENT=10;
ALTER TABLE events ADD PARTITION (PARTITION p2027 VALUES LESS THAN (2028));
RENAME TABLE orders_copy TO old_orders, totals TO sums;
ALTER TABLE old_orders RENAME TO older_orders;
DROP TABLE IF EXISTS older_orders, sums;
DROP INDEX weights ON orders;
CREATE OR REPLACE ALGORITHM=MERGE SQL SECURITY INVOKER VIEW open_orders AS
  SELECT o.id, c.name, count(*) AS n, coalesce(max(o.weight), 0) AS heaviest
  FROM orders o JOIN customers c ON c.id = o.customer_id LEFT JOIN events e ON e.what = o.code
  WHERE c.state = 'open' AND o.weight IN (SELECT weight FROM orders WHERE id > 10)
  GROUP BY o.id, c.name HAVING count(*) > 1 ORDER BY c.name LIMIT 10;
DROP VIEW IF EXISTS open_orders;
INSERT INTO customers (email, name) VALUES ('a@example.org', 'A'), ('b@example.org', NULL);
INSERT IGNORE INTO orders (customer_id, weight) SELECT id, 0 FROM customers WHERE NOT EXISTS (SELECT 1 FROM orders);
INSERT INTO customers SET email = 'c@example.org' ON DUPLICATE KEY UPDATE name = values(name);
REPLACE INTO customers (id, email) VALUES (1, 'd@example.org');
UPDATE orders SET code = uuid() WHERE code IS NULL;
UPDATE orders o JOIN customers c ON c.id = o.customer_id SET o.weight = 0, o.code = concat(c.name, '-', o.id) WHERE c.name IS NULL;
DELETE FROM orders WHERE customer_id NOT IN (SELECT id FROM customers);
DELETE o FROM orders o INNER JOIN customers c ON c.id = o.customer_id WHERE c.state = 'closed';
TRUNCATE TABLE events;
SET @there = (SELECT count(*) FROM information_schema.columns WHERE table_schema = database() AND table_name = 'orders');
SET @sql = IF(@there > 0, 'SELECT 1', 'ALTER TABLE orders ADD COLUMN x int');
PREPARE statement FROM @sql;
EXECUTE statement;
DEALLOCATE PREPARE statement;
/*!40101 SET @saved = @@character_set_client */;
GRANT SELECT, INSERT ON shop.* TO 'reporting'@'%';
ANALYZE TABLE orders;
DELIMITER //
CREATE PROCEDURE fill(IN most int)
BEGIN
  DECLARE n int DEFAULT 0;
  DECLARE CONTINUE HANDLER FOR SQLEXCEPTION BEGIN END;
  WHILE n < most DO
    IF n > 3 THEN INSERT INTO events (at, what) VALUES (curdate(), 'x'); ELSE SET n = n + 1; END IF;
    SET n = n + 1;
  END WHILE;
END //
CREATE TRIGGER orders_before BEFORE INSERT ON orders FOR EACH ROW
BEGIN
  SET NEW.code = upper(NEW.code);
END //
CREATE FUNCTION twice(n int) RETURNS int DETERMINISTIC RETURN n * 2 //
DELIMITER ;
CALL fill(3);
DROP PROCEDURE fill;
DROP TRIGGER orders_before;
DROP FUNCTION IF EXISTS twice;
