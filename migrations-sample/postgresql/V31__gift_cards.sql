INSERT INTO categories (slug, name) VALUES ('gift-cards', 'Gift cards');
