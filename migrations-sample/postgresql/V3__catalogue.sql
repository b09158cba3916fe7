CREATE TABLE categories (
    id   bigserial PRIMARY KEY,
    slug varchar(60) NOT NULL UNIQUE,
    name varchar(120) NOT NULL
);

CREATE TABLE products (
    id          bigserial PRIMARY KEY,
    sku         varchar(40) NOT NULL UNIQUE,
    name        varchar(200) NOT NULL,
    description text NOT NULL DEFAULT '',
    category_id bigint,
    price_cents integer NOT NULL CHECK (price_cents >= 0),
    stock       integer NOT NULL DEFAULT 0
);

CREATE INDEX products_category_idx ON products (category_id);
CREATE INDEX products_name_idx ON products (name);
