<?php

use Illuminate\Database\Migrations\Migration;
use Illuminate\Support\Facades\DB;
use Illuminate\Support\Facades\Schema;

return new class extends Migration
{
    public function up()
    {
        DB::statement(<<<'SQL'
            CREATE TYPE mood AS ENUM ('sad', 'ok')
            SQL);

        DB::statement(<<<'SQL'
            CREATE TABLE person (
                id bigint PRIMARY KEY,
                mood mood NOT NULL DEFAULT 'ok',
                during tstzrange,
                EXCLUDE USING gist (during WITH &&)
            )
            SQL);

        DB::statement(<<<'SQL'
            CREATE TABLE part (id bigint, made date) PARTITION BY RANGE (made)
            SQL);

        DB::statement(<<<'SQL'
            CREATE TABLE part_2026 PARTITION OF part FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')
            SQL);

        DB::statement(<<<'SQL'
            CREATE VIEW open_invoice AS SELECT id FROM invoice WHERE state = 'open'
            SQL);

        DB::statement(<<<'SQL'
            CREATE TABLE IF NOT EXISTS maybe (id integer CONSTRAINT filled NOT NULL)
            SQL);

        DB::unprepared(<<<'SQL'
            COMMENT ON TABLE person IS 'people''s moods: 100% :true'
            SQL);
    }

    public function down()
    {
        Schema::drop('maybe');

        DB::statement(<<<'SQL'
            DROP VIEW open_invoice
            SQL);

        Schema::drop('part');
        Schema::drop('person');

        DB::statement(<<<'SQL'
            DROP TYPE mood
            SQL);
    }
};
