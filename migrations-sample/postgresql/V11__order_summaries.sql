CREATE VIEW order_summaries AS
SELECT o.id, o.customer_id, c.email, o.status, o.placed_at, o.total_cents,
       (SELECT count(*) FROM order_items i WHERE i.order_id = o.id) AS lines
FROM orders o
JOIN customers c ON c.id = o.customer_id;
