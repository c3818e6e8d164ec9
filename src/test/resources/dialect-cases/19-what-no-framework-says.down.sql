DROP TABLE maybe;
DROP VIEW open_invoice;
DROP TABLE part;
DROP TABLE person;
DROP TYPE mood;
