CREATE TABLE flags (seen boolean, id bigint, paid boolean, amount bigint);
INSERT INTO flags VALUES (true, 1, true, 1);
