-- Fills the shop as it stands at version 12; :rows is the number of orders and of customers.
-- Every key below exists by construction, so the foreign keys are not asked 900,000 times: that takes
-- a superuser, which the embedded server gives.

-- name: fill customers
INSERT INTO customers (email, name, phone, created_at)
SELECT 'customer' || n || '@example.com', 'Customer ' || n,
       CASE WHEN n % 3 = 0 THEN '+49 30 ' || n END, now() - n * interval '1 minute'
FROM generate_series(1, :rows) n;

-- name: fill addresses
SET LOCAL session_replication_role = replica;
INSERT INTO addresses (customer_id, street, postcode, city, country)
SELECT n, 'Street ' || n % 500, lpad((n % 99999)::text, 5, '0'), 'City ' || n % 1000,
       CASE WHEN n % 5 <> 0 THEN 'AT' END
FROM generate_series(1, greatest(1, :rows / 2)) n;

-- name: fill products
INSERT INTO products (sku, name, category_id, price_cents, stock)
SELECT 'SKU-' || n, 'Product ' || n, 1 + n % 5, 100 + n % 20000, 1000000
FROM generate_series(1, greatest(1, :rows / 10)) n;

-- name: fill orders
SET LOCAL session_replication_role = replica;
INSERT INTO orders (customer_id, status, erp_reference, total_cents, placed_at)
SELECT n, CASE WHEN n % 10 = 0 THEN 'placed' ELSE 'shipped' END::order_status, 'ERP-' || n,
       200 + n % 40000, now() - n * interval '1 minute'
FROM generate_series(1, :rows) n;

-- name: fill order items
SET LOCAL session_replication_role = replica;
INSERT INTO order_items (order_id, line, product_id, quantity, price_cents)
SELECT n, line, 1 + (n * line) % greatest(1, :rows / 10), 1 + n % 3, 100 + n % 20000
FROM generate_series(1, :rows) n, generate_series(1, 2) line;

-- name: fill payments
SET LOCAL session_replication_role = replica;
INSERT INTO payments (order_id, amount_cents, method, paid_at)
SELECT n, 200 + n % 40000, CASE WHEN n % 4 = 0 THEN 'invoice' ELSE 'card' END, now() - n * interval '1 minute'
FROM generate_series(1, :rows) n
WHERE n % 10 <> 0;

-- name: fill shipments
SET LOCAL session_replication_role = replica;
INSERT INTO shipments (order_id, carrier, tracking, shipped_at)
SELECT n, CASE WHEN n % 2 = 0 THEN 'post' ELSE 'courier' END, 'T' || n, now() - n * interval '1 minute'
FROM generate_series(1, :rows) n
WHERE n % 10 <> 0;

-- name: fill reviews
SET LOCAL session_replication_role = replica;
INSERT INTO reviews (product_id, customer_id, rating, body)
SELECT 1 + n % greatest(1, :rows / 10), n, 1 + n % 5, 'Review ' || n
FROM generate_series(1, greatest(1, :rows / 2)) n;

-- name: fill coupons
SET LOCAL session_replication_role = replica;
INSERT INTO coupons (customer_id, code, percent)
SELECT n, 'CODE-' || n, 5 + n % 20
FROM generate_series(1, greatest(1, :rows / 10)) n;

-- name: fill carts
SET LOCAL session_replication_role = replica;
INSERT INTO cart_items (customer_id, product_id, quantity)
SELECT n, 1 + n % greatest(1, :rows / 10), 1
FROM generate_series(1, greatest(1, :rows / 10)) n;

-- name: know the sizes
ANALYZE;
