CREATE TABLE countries (code text);
INSERT INTO countries VALUES ('fr');
