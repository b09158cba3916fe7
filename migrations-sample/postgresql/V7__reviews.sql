CREATE TABLE reviews (
    id          bigserial PRIMARY KEY,
    product_id  bigint NOT NULL REFERENCES products (id) ON DELETE CASCADE,
    customer_id bigint REFERENCES customers (id) ON DELETE SET NULL,
    rating      smallint NOT NULL CHECK (rating BETWEEN 1 AND 5),
    body        text NOT NULL,
    written_at  timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX reviews_product_idx ON reviews (product_id);
CREATE INDEX reviews_customer_idx ON reviews (customer_id);
