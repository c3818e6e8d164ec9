<?php

use Illuminate\Database\Migrations\Migration;
use Illuminate\Support\Facades\DB;
use Illuminate\Support\Facades\Schema;

return new class extends Migration
{
    public function up()
    {
        DB::statement(<<<'SQL'
            ALTER TABLE parcel RENAME COLUMN old_name TO new_name
            SQL);

        Schema::rename('parcel', 'package');
    }

    public function down()
    {
        Schema::rename('package', 'parcel');

        DB::statement(<<<'SQL'
            ALTER TABLE "public"."parcel" RENAME COLUMN "new_name" TO "old_name"
            SQL);
    }
};
