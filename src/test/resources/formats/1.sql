-- Größe und 価格: characters of several bytes count once each
CREATE TABLE addresses (
	id bigint PRIMARY KEY,
	city varchar(100) -- "quoted" and 	tabbed
);
CREATE INDEX addresses_city_idx ON addresses (city);
ALTER TABLE "Größe"
	ADD COLUMN "größe" uuid DEFAULT gen_random_uuid(),
	ADD COLUMN price numeric(10,2),
	ADD CONSTRAINT "größe_positive"
		CHECK (price > 0);
