-- migrate:up
SELECT 1;
-- migrate:down
-- godwit:no-op nothing was changed
