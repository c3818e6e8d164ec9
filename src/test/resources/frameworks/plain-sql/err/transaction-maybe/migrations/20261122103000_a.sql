-- migrate:up transaction:maybe
SELECT 1;
-- migrate:down transaction
SELECT 2;
