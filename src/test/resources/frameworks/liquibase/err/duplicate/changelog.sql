--liquibase formatted sql

--changeset ada:1
SELECT 1;
--changeset bob:1
SELECT 1;
--changeset ada:1
SELECT 2;
