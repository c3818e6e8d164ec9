<?php

use Illuminate\Database\Migrations\Migration;
use Illuminate\Support\Facades\DB;

class AddRegion extends Migration
{
    public function up(): void
    {
        DB::statement('SELECT 1');
    }
}
