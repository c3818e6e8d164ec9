<?php

use Illuminate\Database\Migrations\Migration;
use Illuminate\Support\Facades\DB;

return new class extends Migration
{
    public $withinTransaction = false;

    public function up()
    {
        DB::statement(<<<'SQL'
            CREATE UNIQUE INDEX CONCURRENTLY client_email ON client (email) WHERE email IS NOT NULL
            SQL);
    }

    public function down()
    {
        DB::statement(<<<'SQL'
            DROP INDEX CONCURRENTLY "public"."client_email"
            SQL);
    }
};
