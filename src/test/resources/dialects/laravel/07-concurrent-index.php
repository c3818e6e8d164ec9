<?php

use Illuminate\Database\Migrations\Migration;
use Illuminate\Support\Facades\DB;

return new class extends Migration
{
    public $withinTransaction = false;

    public function up()
    {
        DB::statement(<<<'SQL'
            CREATE INDEX CONCURRENTLY invoice_client_id ON invoice (client_id)
            SQL);
    }

    public function down()
    {
        DB::statement(<<<'SQL'
            DROP INDEX CONCURRENTLY "public"."invoice_client_id"
            SQL);
    }
};
