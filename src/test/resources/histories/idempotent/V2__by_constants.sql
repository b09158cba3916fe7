SET @there = (SELECT COUNT(*) FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = 'host' AND column_name = 'address');
SET @sql = IF(@there = 0, 'ALTER TABLE host ADD COLUMN address varchar(15)', 'SELECT ''address is there''');
PREPARE stmt FROM @sql;
EXECUTE stmt;
DEALLOCATE PREPARE stmt;

set @exist := (select count(*) from information_schema.statistics where table_schema = database() and table_name = 'host' and index_name = 'by_name');
set @sqlstmt := if( @exist > 1, "SELECT 'There are two'", "SELECT 'Ok'");
set @sqlstmt := if( @exist = 0, "CREATE INDEX by_name ON host (name)", @sqlstmt);
PREPARE stmt FROM @sqlstmt;
EXECUTE stmt;

SET @kind = 'bigint';
SET @sql = CONCAT('ALTER TABLE host MODIFY id ', @kind, ' NOT NULL');
PREPARE stmt FROM @sql;
SET @sql = 'DROP TABLE host';
EXECUTE stmt;
DROP PREPARE stmt;
