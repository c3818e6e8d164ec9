<?php

use Illuminate\Database\Migrations\Migration;
use Illuminate\Support\Facades\DB;

class AddV2Named extends Migration
{
    public function up(): void
    {
        DB::statement('SELECT 1');
    }

    public function down(): void
    {
        DB::statement('SELECT 2');
    }
}
