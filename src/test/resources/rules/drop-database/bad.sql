DROP DATABASE shop_of_last_year;
