-- What the shop's version 12 sends: the schema up to V12, nothing of the release.
-- Random keys stay inside the rows of fill.sql, which nobody deletes; what is deleted, a worker made itself.

-- name: find customer by email; weight: 6
-- :n random 1..rows
SELECT id, email, name, phone, created_at FROM customers WHERE email = 'customer' || :n || '@example.com';

-- name: find customers by name; weight: 4
-- :n random 1..rows
SELECT id, email, name FROM customers WHERE name = 'Customer ' || :n ORDER BY id LIMIT 20;

-- name: register customer; weight: 3
-- :name text 12
-- :customer_id returned
-- keep: customer_id
INSERT INTO customers (email, name) VALUES (gen_random_uuid() || '@example.org', :name) RETURNING id AS customer_id;

-- name: rename customer; weight: 3
-- :customer_id random 1..rows
-- :name text 12
UPDATE customers SET name = :name WHERE id = :customer_id;

-- name: change phone; weight: 2
-- :customer_id random 1..rows
-- :n random 1000..9999
UPDATE customers SET phone = '+49 40 ' || :n WHERE id = :customer_id;

-- name: close account; weight: 1
-- :customer_id taken
DELETE FROM coupons WHERE customer_id = :customer_id;
DELETE FROM addresses WHERE customer_id = :customer_id;
DELETE FROM customers WHERE id = :customer_id;

-- name: add address; weight: 2
-- :customer_id random 1..rows
-- :n random 1..99999
-- :address_id returned
-- keep: address_id
INSERT INTO addresses (customer_id, street, postcode, city)
VALUES (:customer_id, 'Street ' || :n, lpad(:n::text, 5, '0'), 'City') RETURNING id AS address_id;

-- name: add address of new customer; weight: 1
-- :customer_id kept
-- :country one of DE, AT, CH
INSERT INTO addresses (customer_id, street, postcode, city, country)
VALUES (:customer_id, 'Main Street', '10115', 'Berlin', :country);

-- name: addresses of customer; weight: 4
-- :customer_id random 1..rows
SELECT id, street, postcode, city, country FROM addresses WHERE customer_id = :customer_id ORDER BY id;

-- name: move house; weight: 1
-- :address_id random 1..rows/2
-- :city text 10
UPDATE addresses SET city = :city WHERE id = :address_id;

-- name: delete address; weight: 1
-- :address_id taken
DELETE FROM addresses WHERE id = :address_id;

-- name: product page; weight: 8
-- :product_id random 1..rows/10
SELECT id, sku, name, description, price_cents, stock FROM products WHERE id = :product_id;
SELECT rating, body, written_at FROM reviews WHERE product_id = :product_id ORDER BY written_at DESC LIMIT 10;

-- name: search products; weight: 4
-- :n random 1..rows/10
SELECT id, sku, name, price_cents FROM products WHERE name = 'Product ' || :n LIMIT 20;

-- name: products of category; weight: 2
-- :category one of books, music, games, garden, kitchen
SELECT p.id, p.name, p.price_cents
FROM products p JOIN categories c ON c.id = p.category_id
WHERE c.slug = :category ORDER BY p.id LIMIT 20;

-- name: list new product; weight: 1
-- :category_id random 1..5
-- :name text 16
-- :price_cents random 100..20000
-- :own_product_id returned
-- keep: own_product_id
INSERT INTO products (sku, name, category_id, price_cents, stock)
VALUES ('NEW-' || gen_random_uuid(), :name, :category_id, :price_cents, 10) RETURNING id AS own_product_id;

-- name: rename product; weight: 2
-- :product_id random 1..rows/10
-- :name text 16
UPDATE products SET name = :name WHERE id = :product_id;

-- name: change price; weight: 1
-- :product_id random 1..rows/10
-- :price_cents random 100..20000
UPDATE products SET price_cents = :price_cents WHERE id = :product_id;

-- name: withdraw product; weight: 1
-- :own_product_id taken
DELETE FROM products WHERE id = :own_product_id;

-- name: put into cart; weight: 4
-- :customer_id random 1..rows
-- :product_id random 1..rows/10
INSERT INTO cart_items (customer_id, product_id, quantity) VALUES (:customer_id, :product_id, 1)
ON CONFLICT (customer_id, product_id) DO UPDATE SET quantity = cart_items.quantity + 1;

-- name: empty cart; weight: 1
-- :customer_id random 1..rows
DELETE FROM cart_items WHERE customer_id = :customer_id;

-- name: place order; weight: 6
-- :customer_id random 1..rows
-- :product_id random 1..rows/10
-- :quantity random 1..3
-- :price_cents random 100..20000
-- :order_id returned
-- keep: order_id
INSERT INTO orders (customer_id, erp_reference, total_cents)
VALUES (:customer_id, 'ERP-' || substr(gen_random_uuid()::text, 1, 30), :quantity::integer * :price_cents::integer)
RETURNING id AS order_id;
INSERT INTO order_items (order_id, line, product_id, quantity, price_cents)
VALUES (:order_id, 1, :product_id, :quantity, :price_cents);
UPDATE products SET stock = stock - :quantity WHERE id = :product_id;

-- name: pay order; weight: 4
-- :order_id kept
-- :amount_cents random 100..60000
-- :method one of card, invoice, transfer
INSERT INTO payments (order_id, amount_cents, method) VALUES (:order_id, :amount_cents, :method);
UPDATE orders SET status = 'paid' WHERE id = :order_id;

-- name: payments of order; weight: 3
-- :order_id random 1..rows
SELECT id, amount_cents, method, paid_at FROM payments WHERE order_id = :order_id ORDER BY id;

-- name: correct payment; weight: 2
-- :payment_id random 1..rows/2
-- :amount_cents random 100..60000
UPDATE payments SET amount_cents = :amount_cents WHERE id = :payment_id;

-- name: ship order; weight: 3
-- :order_id kept
-- :carrier one of post, courier
-- :tracking text 12
INSERT INTO shipments (order_id, carrier, tracking) VALUES (:order_id, :carrier, :tracking);
UPDATE orders SET status = 'shipped' WHERE id = :order_id;

-- name: where is my parcel; weight: 3
-- :order_id random 1..rows
SELECT id, carrier, tracking, shipped_at FROM shipments WHERE order_id = :order_id;

-- name: change tracking; weight: 1
-- :shipment_id random 1..rows/2
-- :tracking text 12
UPDATE shipments SET tracking = :tracking WHERE id = :shipment_id;

-- name: order history; weight: 5
-- :customer_id random 1..rows
SELECT id, status, erp_reference, total_cents, placed_at FROM orders
WHERE customer_id = :customer_id ORDER BY placed_at DESC LIMIT 10;

-- name: order summaries; weight: 2
-- :customer_id random 1..rows
SELECT id, email, status, placed_at, total_cents, lines FROM order_summaries WHERE customer_id = :customer_id;

-- name: cancel order; weight: 1
-- :order_id kept
UPDATE orders SET status = 'cancelled' WHERE id = :order_id;

-- name: forget order; weight: 1
-- :order_id taken
DELETE FROM payments WHERE order_id = :order_id;
DELETE FROM shipments WHERE order_id = :order_id;
DELETE FROM orders WHERE id = :order_id;

-- name: write review; weight: 2
-- :product_id random 1..rows/10
-- :customer_id random 1..rows
-- :rating random 1..5
-- :body text 60
-- :review_id returned
-- keep: review_id
INSERT INTO reviews (product_id, customer_id, rating, body)
VALUES (:product_id, :customer_id, :rating, :body) RETURNING id AS review_id;

-- name: edit review; weight: 1
-- :review_id kept
-- :body text 60
UPDATE reviews SET body = :body WHERE id = :review_id;

-- name: delete review; weight: 1
-- :review_id taken
DELETE FROM reviews WHERE id = :review_id;

-- name: give coupon; weight: 1
-- :customer_id kept
-- :code text 10
INSERT INTO coupons (customer_id, code, percent) VALUES (:customer_id, :code, 10);

-- name: redeem coupon; weight: 1
-- :customer_id random 1..rows/10
UPDATE coupons SET redeemed_at = now() WHERE customer_id = :customer_id;

-- name: coupons of customer; weight: 2
-- :customer_id random 1..rows/10
SELECT id, code, percent FROM coupons WHERE customer_id = :customer_id AND redeemed_at IS NULL;

-- name: how well it sells; weight: 1
-- :product_id random 1..rows/10
SELECT product_id, sku, name, sold FROM best_sellers WHERE product_id = :product_id;
