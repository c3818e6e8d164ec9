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
            ALTER TABLE invoice ADD CONSTRAINT invoice_total CHECK (total > 0 AND state <> '50%') NOT VALID
            SQL);

        DB::statement(<<<'SQL'
            ALTER TABLE client ADD CHECK (score >= 0)
            SQL);

        Schema::table('client', function (Blueprint $table) {
            $table->unique('name', 'client_name_key');
        });

        Schema::table('audit', function (Blueprint $table) {
            $table->foreign('id', 'audit_id_fkey')->references('id')->on('client')->notValid();
        });
    }

    public function down()
    {
        Schema::table('audit', function (Blueprint $table) {
            $table->dropForeign('audit_id_fkey');
        });

        Schema::table('client', function (Blueprint $table) {
            $table->dropUnique('client_name_key');
        });

        DB::statement(<<<'SQL'
            ALTER TABLE client DROP CONSTRAINT client_score_check
            SQL);

        DB::statement(<<<'SQL'
            ALTER TABLE invoice DROP CONSTRAINT invoice_total
            SQL);
    }
};
