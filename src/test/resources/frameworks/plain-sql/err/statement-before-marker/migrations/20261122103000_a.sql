-- a comment is fine

SET x.y = 1;
-- migrate:up
SELECT 1;
-- migrate:down
SELECT 2;
