ALTER TABLE orders ADD COLUMN note text;
INSERT INTO orders (id, note) VALUES (9001, 'the first with a note');
