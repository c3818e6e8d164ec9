<?php

use Illuminate\Database\Migrations\Migration;
use Illuminate\Support\Facades\DB;

return new class extends Migration
{
    public $withinTransaction = false;

    public function up()
    {
        DB::statement(<<<'SQL'
            DROP INDEX CONCURRENTLY audit_client
            SQL);
    }

    public function down()
    {
        DB::statement(<<<'SQL'
            CREATE INDEX CONCURRENTLY audit_client ON audit (client_id)
            SQL);
    }
};
