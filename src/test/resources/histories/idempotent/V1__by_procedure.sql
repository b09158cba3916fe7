CREATE TABLE IF NOT EXISTS host (id int NOT NULL, name varchar(50) NOT NULL, PRIMARY KEY (id));

DROP PROCEDURE IF EXISTS add_column_if_missing;
DELIMITER $$
CREATE PROCEDURE add_column_if_missing(IN in_table varchar(64), IN in_column varchar(64), IN in_definition varchar(500))
BEGIN
  IF NOT EXISTS (SELECT 1 FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = in_table AND column_name = in_column) THEN
    SET @ddl = CONCAT('ALTER TABLE `', in_table, '` ADD COLUMN `', in_column, '` ', in_definition);
    PREPARE stmt FROM @ddl;
    EXECUTE stmt;
    DEALLOCATE PREPARE stmt;
  END IF;
END $$

CREATE PROCEDURE create_rack()
BEGIN
  IF NOT EXISTS (SELECT 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'rack') THEN
    CREATE TABLE rack (id int NOT NULL PRIMARY KEY, place varchar(20));
  END IF;
END $$
DELIMITER ;
