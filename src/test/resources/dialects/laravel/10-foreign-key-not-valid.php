<?php

use Illuminate\Database\Migrations\Migration;
use Illuminate\Database\Schema\Blueprint;
use Illuminate\Support\Facades\DB;
use Illuminate\Support\Facades\Schema;

return new class extends Migration
{
    public function up()
    {
        Schema::table('invoice', function (Blueprint $table) {
            $table->foreign('client_id', 'invoice_client')->references('id')->on('client')->onDelete('restrict')->notValid();
        });

        DB::statement(<<<'SQL'
            ALTER TABLE invoice VALIDATE CONSTRAINT invoice_client
            SQL);
    }

    public function down()
    {
        Schema::table('invoice', function (Blueprint $table) {
            $table->dropForeign('invoice_client');
        });
    }
};
