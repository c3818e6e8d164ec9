--liquibase formatted sql

--changeset ada:1
SELECT 1;
