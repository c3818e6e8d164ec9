CREATE TABLE customers_of_the_last_thirty_days (id bigint);
