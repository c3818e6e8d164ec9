<?php

use Illuminate\Database\Migrations\Migration;
use Illuminate\Database\Schema\Blueprint;
use Illuminate\Support\Facades\DB;
use Illuminate\Support\Facades\Schema;

return new class extends Migration
{
    public function up()
    {
        Schema::table('client', function (Blueprint $table) {
            $table->boolean('active')->default(true);
            $table->date('born')->nullable();
            $table->string('region', 2)->nullable()->default('EU');
            $table->addColumn('timestampTz', 'seen')->default(DB::raw('now()'));
        });

        DB::statement(<<<'SQL'
            ALTER TABLE client ADD COLUMN boss bigint REFERENCES client (id)
            SQL);
    }

    public function down()
    {
        Schema::table('client', function (Blueprint $table) {
            $table->dropColumn('boss');
            $table->dropColumn('seen');
            $table->dropColumn('region');
            $table->dropColumn('born');
            $table->dropColumn('active');
        });
    }
};
