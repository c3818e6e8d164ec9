<?php

use Illuminate\Database\Migrations\Migration;
use Illuminate\Support\Facades\DB;

return new class extends Migration
{
    public function up()
    {
        DB::unprepared(<<<'SQL'
            ALTER TABLE client ALTER COLUMN note SET DEFAULT 'none: :x 5%'
            SQL);

        DB::statement(<<<'SQL'
            ALTER TABLE client ALTER COLUMN score DROP DEFAULT, ALTER COLUMN score TYPE bigint
            SQL);

        DB::statement(<<<'SQL'
            ALTER TABLE client ALTER name DROP NOT NULL
            SQL);

        DB::statement(<<<'SQL'
            ALTER TABLE package ALTER COLUMN weight TYPE numeric(8, 3) USING weight::numeric
            SQL);
    }

    public function down()
    {
        DB::statement(<<<'SQL'
            ALTER TABLE package ALTER COLUMN weight TYPE text
            SQL);

        DB::statement(<<<'SQL'
            ALTER TABLE client ALTER name SET NOT NULL
            SQL);

        DB::statement(<<<'SQL'
            ALTER TABLE client ALTER COLUMN score TYPE integer
            SQL);

        DB::statement(<<<'SQL'
            ALTER TABLE client ALTER COLUMN score SET DEFAULT 0
            SQL);

        DB::statement(<<<'SQL'
            ALTER TABLE client ALTER COLUMN note DROP DEFAULT
            SQL);
    }
};
