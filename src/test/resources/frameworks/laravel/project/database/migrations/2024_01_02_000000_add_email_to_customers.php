<?php

use Illuminate\Database\Migrations\Migration;
use Illuminate\Support\Facades\DB;

class AddEmailToCustomers extends Migration
{
    public function up()
    {
        DB::statement('ALTER TABLE customers ADD COLUMN email text');
    }

    public function down()
    {
        DB::statement('ALTER TABLE customers DROP COLUMN email');
    }
}
