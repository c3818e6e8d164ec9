-- migrate:up
SELECT 'é';
-- migrate:down
SELECT 2;
