-- What the shop's next version sends: the schema after the release, nothing that it takes away.
-- Random keys stay inside the rows of fill.sql, which nobody deletes; what is deleted, a worker made itself.

-- name: find customer by email; weight: 6
-- :n random 1..rows
SELECT id, email, full_name, phone, created_at FROM customers WHERE email = 'customer' || :n || '@example.com';

-- name: find customers by name; weight: 4
-- :n random 1..rows
SELECT id, email, full_name FROM customers WHERE full_name = 'Customer ' || :n ORDER BY id LIMIT 20;

-- name: register customer; weight: 3
-- :name text 12
-- :customer_id returned
-- keep: customer_id
INSERT INTO customers (email, full_name) VALUES (gen_random_uuid() || '@example.org', :name)
RETURNING id AS customer_id;

-- name: rename customer; weight: 3
-- :customer_id random 1..rows
-- :name text 12
UPDATE customers SET full_name = :name WHERE id = :customer_id;

-- name: change phone; weight: 2
-- :customer_id random 1..rows
-- :n random 1000..9999
UPDATE customers SET phone = '+49 40 ' || :n WHERE id = :customer_id;

-- name: close account; weight: 1
-- :customer_id taken
DELETE FROM addresses WHERE customer_id = :customer_id;
DELETE FROM customers WHERE id = :customer_id;

-- name: add address; weight: 2
-- :customer_id random 1..rows
-- :n random 1..99999
-- :country one of DE, AT, CH
-- :address_id returned
-- keep: address_id
INSERT INTO addresses (customer_id, street, postcode, city, country)
VALUES (:customer_id, 'Street ' || :n, lpad(:n::text, 5, '0'), 'City', :country) RETURNING id AS address_id;

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
-- :country one of DE, AT, CH
UPDATE addresses SET city = :city, country = :country WHERE id = :address_id;

-- name: delete address; weight: 1
-- :address_id taken
DELETE FROM addresses WHERE id = :address_id;

-- name: product page; weight: 8
-- :product_id random 1..rows/10
SELECT id, sku, name, description, price_cents, stock FROM products WHERE id = :product_id;
SELECT rating, body, written_at, helpful_votes FROM reviews
WHERE product_id = :product_id ORDER BY written_at DESC LIMIT 10;

-- name: search products; weight: 4
-- :n random 1..rows/10
SELECT id, sku, name, price_cents FROM products WHERE search_name = 'product ' || :n LIMIT 20;

-- name: products of category; weight: 2
-- :category one of books, music, games, garden, kitchen, gift-cards
SELECT p.id, p.name, p.price_cents
FROM products p JOIN categories c ON c.id = p.category_id
WHERE c.slug = :category ORDER BY p.id LIMIT 20;

-- name: list new product; weight: 1
-- :category_id random 1..5
-- :name text 16
-- :price_cents random 100..20000
-- :own_product_id returned
-- keep: own_product_id
INSERT INTO products (sku, name, search_name, category_id, price_cents, stock)
VALUES ('NEW-' || gen_random_uuid(), :name, lower(:name), :category_id, :price_cents, 10)
RETURNING id AS own_product_id;

-- name: list gift card; weight: 1
-- :price_cents random 1000..10000
-- :own_product_id returned
-- keep: own_product_id
INSERT INTO products (sku, name, search_name, category_id, price_cents, stock)
VALUES ('G-' || gen_random_uuid(), 'Gift card', 'gift card',
        (SELECT id FROM categories WHERE slug = 'gift-cards'), :price_cents, 10)
RETURNING id AS own_product_id;

-- name: rename product; weight: 2
-- :product_id random 1..rows/10
-- :name text 16
UPDATE products SET name = :name, search_name = lower(:name) WHERE id = :product_id;

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

-- name: wish; weight: 2
-- :customer_id random 1..rows
-- :product_id random 1..rows/10
INSERT INTO wishlist_items (customer_id, product_id) VALUES (:customer_id, :product_id)
ON CONFLICT (customer_id, product_id) DO NOTHING;

-- name: wishlist; weight: 2
-- :customer_id random 1..rows
SELECT product_id, added_at FROM wishlist_items WHERE customer_id = :customer_id ORDER BY added_at;

-- name: wish of new customer; weight: 1
-- :customer_id kept
-- :product_id random 1..rows/10
INSERT INTO wishlist_items (customer_id, product_id) VALUES (:customer_id, :product_id)
ON CONFLICT (customer_id, product_id) DO NOTHING;

-- name: place order; weight: 6
-- :customer_id random 1..rows
-- :product_id random 1..rows/10
-- :quantity random 1..3
-- :price_cents random 100..20000
-- :note text 20
-- :order_id returned
-- keep: order_id
INSERT INTO orders (customer_id, total_cents, gift_note, gift_wrapped)
VALUES (:customer_id, :quantity::integer * :price_cents::integer, :note, true)
RETURNING id AS order_id;
INSERT INTO order_items (order_id, line, product_id, quantity, price_cents)
VALUES (:order_id, 1, :product_id, :quantity, :price_cents);
UPDATE products SET stock = stock - :quantity WHERE id = :product_id AND stock >= :quantity;

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

-- name: deliver order; weight: 3
-- :order_id kept
-- :carrier one of post, courier
-- :tracking text 12
INSERT INTO deliveries (order_id, carrier, tracking) VALUES (:order_id, :carrier, :tracking);
UPDATE orders SET status = 'shipped' WHERE id = :order_id;

-- name: where is my parcel; weight: 3
-- :order_id random 1..rows
SELECT id, carrier, tracking, shipped_at FROM deliveries WHERE order_id = :order_id;

-- name: change tracking; weight: 1
-- :delivery_id random 1..rows/2
-- :tracking text 12
UPDATE deliveries SET tracking = :tracking WHERE id = :delivery_id;

-- name: order history; weight: 5
-- :customer_id random 1..rows
SELECT id, public_id, status, total_cents, gift_note, placed_at FROM orders
WHERE customer_id = :customer_id ORDER BY placed_at DESC LIMIT 10;

-- name: order by its public number; weight: 3
-- :order_id random 1..rows
-- :public_id returned
SELECT public_id FROM orders WHERE id = :order_id;
SELECT id, status, total_cents FROM orders WHERE public_id = :public_id;

-- name: order summaries; weight: 2
-- :customer_id random 1..rows
SELECT id, email, status, placed_at, total_cents, lines FROM order_summaries WHERE customer_id = :customer_id;

-- name: cancel order; weight: 1
-- :order_id kept
UPDATE orders SET status = 'cancelled' WHERE id = :order_id;

-- name: take back order; weight: 1
-- :order_id kept
UPDATE orders SET status = 'returned' WHERE id = :order_id;

-- name: forget order; weight: 1
-- :order_id taken
DELETE FROM payments WHERE order_id = :order_id;
DELETE FROM deliveries WHERE order_id = :order_id;
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

-- name: give stars only; weight: 1
-- :product_id random 1..rows/10
-- :customer_id random 1..rows
-- :rating random 1..5
-- :review_id returned
-- keep: review_id
INSERT INTO reviews (product_id, customer_id, rating) VALUES (:product_id, :customer_id, :rating)
RETURNING id AS review_id;

-- name: edit review; weight: 1
-- :review_id kept
-- :body text 60
UPDATE reviews SET body = :body WHERE id = :review_id;

-- name: helpful; weight: 1
-- :review_id random 1..rows/2
UPDATE reviews SET helpful_votes = helpful_votes + 1 WHERE id = :review_id;

-- name: delete review; weight: 1
-- :review_id taken
DELETE FROM reviews WHERE id = :review_id;

-- name: how well it sells; weight: 1
-- :product_id random 1..rows/10
SELECT product_id, sku, name, sold, revenue_cents FROM best_sellers WHERE product_id = :product_id;
