CREATE TABLE flags (id bigint, amount bigint, seen boolean, paid boolean);
INSERT INTO flags VALUES (1, 1, true, true);
