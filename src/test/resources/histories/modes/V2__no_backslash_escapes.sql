SET sql_mode = 'NO_BACKSLASH_ESCAPES';
CREATE TABLE folder (id int NOT NULL PRIMARY KEY, path varchar(30) NOT NULL DEFAULT 'C:\new');
ALTER TABLE folder ADD COLUMN other varchar(30) DEFAULT 'D:\x', ADD COLUMN last int DEFAULT 5;
SET sql_mode = DEFAULT;
ALTER TABLE folder MODIFY other varchar(30) DEFAULT '\\';
ALTER TABLE folder ADD COLUMN third varchar(30) DEFAULT 'it\'s';
