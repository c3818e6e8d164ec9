<?php

use Illuminate\Database\Migrations\Migration;
use Illuminate\Support\Facades\DB;

return new class extends Migration
{
    public function up()
    {
        DB::unprepared(<<<'SQL'
            CREATE FUNCTION touched() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                NEW.made := now(); -- 100% :sure
              RETURN NEW;
            END
            $$
            SQL);

        DB::statement(<<<'SQL'
            CREATE TRIGGER touch BEFORE UPDATE ON invoice FOR EACH ROW EXECUTE FUNCTION touched()
            SQL);
    }

    public function down()
    {
        DB::statement(<<<'SQL'
            DROP TRIGGER touch ON invoice
            SQL);

        DB::statement(<<<'SQL'
            DROP FUNCTION touched()
            SQL);
    }
};
