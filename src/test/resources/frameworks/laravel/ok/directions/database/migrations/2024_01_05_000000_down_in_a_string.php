<?php

use Illuminate\Database\Migrations\Migration;
use Illuminate\Support\Facades\DB;

return new class extends Migration
{
    public function up()
    {
        DB::statement(<<<'SQL'
            -- public function down() { x }
            SELECT 1
            SQL);
    }
};
