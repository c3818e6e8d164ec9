<?php

use Illuminate\Database\Migrations\Migration;
use Illuminate\Support\Facades\DB;

return new class extends Migration
{
    public $withinTransaction = false;

    public function up()
    {
        DB::statement('CREATE UNIQUE INDEX CONCURRENTLY customers_email ON customers (email)');
    }

    public function down()
    {
        DB::statement('DROP INDEX CONCURRENTLY customers_email');
    }
};
