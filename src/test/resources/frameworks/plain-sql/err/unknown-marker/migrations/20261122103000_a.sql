-- migrate:upp
SELECT 1;
-- Migrate:DOWN
SELECT 2;
