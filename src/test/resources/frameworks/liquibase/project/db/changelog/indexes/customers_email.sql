--liquibase formatted sql

--changeset ada:customers-email runInTransaction:false
CREATE INDEX CONCURRENTLY customers_email ON customers (email);
--rollback DROP INDEX CONCURRENTLY customers_email;
