--liquibase formatted sql

--changeset ada:1
--comment makes it
CREATE TABLE a (b int);
--rollback DROP TABLE
--rollback   a;

--changeset "Ada L":"two words" runInTransaction:false splitStatements:false
CREATE INDEX CONCURRENTLY i ON a (b);
/* liquibase rollback
DROP INDEX i;
*/

-- ChangeSet ada:a:b
INSERT INTO a VALUES (1);
--rollback empty

--changeset ada:4 logicalFilePath:own.sql
SELECT '${x}';

--changeset ada:5 dbms:oracle
SELECT 1 FROM dual;
--changeset ada:6 ignore:true
SELECT 1;
--changeset ada:7
SELECT 1;
--rollback changesetId:1 changesetAuthor:ada
