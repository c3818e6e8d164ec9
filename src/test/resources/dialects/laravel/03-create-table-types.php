<?php

use Illuminate\Database\Migrations\Migration;
use Illuminate\Support\Facades\DB;
use Illuminate\Support\Facades\Schema;

return new class extends Migration
{
    public function up()
    {
        DB::unprepared(<<<'SQL'
            CREATE TABLE every_type (
                a smallint, b int8, c real, d double precision, e numeric, f numeric(7), g char, h character varying, i varchar(255),
                j bytea, k date, l time, m timetz(0), n timestamp, o timestamptz(6), p uuid DEFAULT gen_random_uuid(), q inet,
                r cidr, s macaddr, t json, u tsvector, v interval, w int4range, x tstzrange, y bool, z numeric(10, 2)[][],
                aa text DEFAULT 'it''s', ab text DEFAULT 'a:b :name ::x', ac integer[] DEFAULT ARRAY[1, 2], ad text DEFAULT '100%',
                ae text DEFAULT NULL, af interval DEFAULT '1 day'::interval, ag varchar(9)[], ah text DEFAULT ('a' || 'b')
            )
            SQL);
    }

    public function down()
    {
        Schema::drop('every_type');
    }
};
