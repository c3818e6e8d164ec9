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
            $table->text('region')->nullable();
        });

        DB::unprepared(<<<'SQL'
            -- Everybody of before, 100% :sure
            UPDATE invoice SET region = 'EU :name 5% %s ${x}' WHERE region IS NULL AND state LIKE 'n%'
            SQL);

        DB::statement(<<<'SQL'
            ALTER TABLE invoice ALTER COLUMN region SET NOT NULL
            SQL);
    }

    public function down()
    {
        DB::statement(<<<'SQL'
            ALTER TABLE "public"."invoice" ALTER COLUMN "region" DROP NOT NULL
            SQL);

        Schema::table('invoice', function (Blueprint $table) {
            $table->dropColumn('region');
        });
    }
};
