ALTER TABLE products ADD COLUMN search_name varchar(200);

UPDATE products SET search_name = lower(name);

CREATE INDEX products_search_name_idx ON products (search_name);
