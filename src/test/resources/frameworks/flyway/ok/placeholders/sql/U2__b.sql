SELECT ${flyway:user};
