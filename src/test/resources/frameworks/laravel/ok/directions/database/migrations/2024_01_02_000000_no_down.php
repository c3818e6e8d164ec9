<?php

use Illuminate\Database\Migrations\Migration;
use Illuminate\Support\Facades\DB;

return new class extends Migration
{
    public function up(): void
    {
        DB::statement('SELECT 1');
    }

    // public function down() { DB::statement('SELECT 2'); }
};
