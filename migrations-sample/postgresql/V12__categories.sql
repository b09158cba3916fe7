INSERT INTO categories (slug, name) VALUES
    ('books', 'Books'),
    ('music', 'Music'),
    ('games', 'Games'),
    ('garden', 'Garden'),
    ('kitchen', 'Kitchen');
