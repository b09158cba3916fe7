CREATE OR REPLACE VIEW best_sellers AS
SELECT p.id AS product_id, p.sku, p.name, sum(i.quantity) AS sold,
       sum(i.quantity * i.price_cents) AS revenue_cents
FROM products p
JOIN order_items i ON i.product_id = p.id
GROUP BY p.id;
