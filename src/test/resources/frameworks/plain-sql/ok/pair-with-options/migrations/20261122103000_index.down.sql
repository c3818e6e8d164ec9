-- migrate:down transaction:false
DROP INDEX CONCURRENTLY i;
