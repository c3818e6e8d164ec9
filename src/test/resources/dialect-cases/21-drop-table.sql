DROP TABLE sales.orders, ticket;
