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
            CREATE INDEX invoice_made ON invoice (made DESC NULLS LAST, id)
            SQL);

        DB::statement(<<<'SQL'
            CREATE INDEX invoice_made_desc ON invoice (client_id, made DESC)
            SQL);

        DB::statement(<<<'SQL'
            CREATE UNIQUE INDEX client_lower_email ON client (lower(email))
            SQL);

        DB::statement(<<<'SQL'
            CREATE UNIQUE INDEX invoice_one_open ON invoice (client_id) WHERE state = 'open'
            SQL);

        Schema::table('invoice', function (Blueprint $table) {
            $table->index('tags', 'invoice_tags', 'gin');
        });

        DB::statement(<<<'SQL'
            CREATE INDEX client_name_pattern ON client (name text_pattern_ops)
            SQL);

        DB::statement(<<<'SQL'
            CREATE INDEX invoice_covering ON invoice (client_id) INCLUDE (total, state)
            SQL);

        Schema::table('invoice', function (Blueprint $table) {
            $table->index(['state', 'total'], 'invoice_state_total_idx');
        });

        DB::unprepared(<<<'SQL'
            CREATE INDEX invoice_words ON invoice ((state || ':x'), id) WHERE state LIKE 'o%' AND id > 10
            SQL);

        DB::statement(<<<'SQL'
            CREATE INDEX invoice_filled ON invoice (id) WITH (fillfactor = 70)
            SQL);

        DB::statement(<<<'SQL'
            CREATE INDEX client_collated ON client (name COLLATE "C")
            SQL);
    }

    public function down()
    {
        DB::statement(<<<'SQL'
            DROP INDEX client_collated
            SQL);

        DB::statement(<<<'SQL'
            DROP INDEX invoice_filled, invoice_words
            SQL);

        Schema::table('invoice', function (Blueprint $table) {
            $table->dropIndex('invoice_state_total_idx');
            $table->dropIndex('invoice_covering');
        });

        Schema::table('client', function (Blueprint $table) {
            $table->dropIndex('client_name_pattern');
        });

        Schema::table('invoice', function (Blueprint $table) {
            $table->dropIndex('invoice_tags');
            $table->dropIndex('invoice_one_open');
        });

        Schema::table('client', function (Blueprint $table) {
            $table->dropIndex('client_lower_email');
        });

        Schema::table('invoice', function (Blueprint $table) {
            $table->dropIndex('invoice_made_desc');
            $table->dropIndex('invoice_made');
        });
    }
};
