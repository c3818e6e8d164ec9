--liquibase formatted sql

--changeset 1
SELECT 1;
--changeset ada:2
SELECT 1;
