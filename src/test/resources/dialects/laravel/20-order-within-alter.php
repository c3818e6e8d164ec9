<?php

use Illuminate\Database\Migrations\Migration;
use Illuminate\Database\Schema\Blueprint;
use Illuminate\Support\Facades\DB;
use Illuminate\Support\Facades\Schema;

return new class extends Migration
{
    public function up()
    {
        DB::statement(<<<'SQL'
            ALTER TABLE package ADD COLUMN size2 integer, DROP COLUMN size
            SQL);
    }

    public function down()
    {
        Schema::table('package', function (Blueprint $table) {
            $table->dropColumn('size2');
        });

        Schema::table('package', function (Blueprint $table) {
            $table->smallInteger('size')->nullable();
        });
    }
};
