-- migrate:up transacton:false
SELECT 1;
-- migrate:down why not
SELECT 2;
