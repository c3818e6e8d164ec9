-- migrate:up transaction:true
SELECT 1;
--migrate:down
SELECT 2;
