<?php

use Illuminate\Database\Migrations\Migration;
use Illuminate\Database\Schema\Blueprint;
use Illuminate\Support\Facades\DB;
use Illuminate\Support\Facades\Schema;

return new class extends Migration
{
    public function up()
    {
        Schema::table('package', function (Blueprint $table) {
            $table->dropColumn('flag');
        });

        Schema::table('audit', function (Blueprint $table) {
            $table->dropForeign('audit_client');
            $table->dropIndex('audit_what');
        });
    }

    public function down()
    {
        Schema::table('audit', function (Blueprint $table) {
            $table->index('what', 'audit_what');
            $table->foreign('client_id', 'audit_client')->references('id')->on('client');
        });

        DB::statement(<<<'SQL'
            ALTER TABLE package ADD COLUMN flag text CONSTRAINT parcel_flag_not_null NOT NULL DEFAULT 'n'
            SQL);
    }
};
