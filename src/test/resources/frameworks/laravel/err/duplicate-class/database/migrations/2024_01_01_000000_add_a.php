<?php

use Illuminate\Database\Migrations\Migration;
use Illuminate\Support\Facades\DB;

class AddA extends Migration
{
    public function up(): void
    {
        DB::statement('SELECT 1');
    }
}
