-- R__best_sellers.sql as it was at version 12. The name keeps Flyway from running it beside the new one.
CREATE OR REPLACE VIEW best_sellers AS
SELECT p.id AS product_id, p.sku, p.name, sum(i.quantity) AS sold
FROM products p
JOIN order_items i ON i.product_id = p.id
GROUP BY p.id;
