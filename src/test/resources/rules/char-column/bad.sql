CREATE TABLE countries (code char(10));
INSERT INTO countries VALUES ('fr');
