ALTER TABLE products ADD CONSTRAINT products_stock_not_negative CHECK (stock >= 0);
