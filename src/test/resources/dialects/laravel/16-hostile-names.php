<?php

use Illuminate\Database\Migrations\Migration;
use Illuminate\Database\Schema\Blueprint;
use Illuminate\Support\Facades\DB;
use Illuminate\Support\Facades\Schema;

return new class extends Migration
{
    public function up()
    {
        DB::unprepared(<<<'SQL'
            CREATE TABLE "a""b" (
                "id" integer PRIMARY KEY,
                "select" text, "x'y" text DEFAULT 'a''b"c', "p%s" text DEFAULT '%s %(a)s', "{x}" text, "${x}" text DEFAULT '${x}',
                "<&>" text DEFAULT '<&>]]>', "back\slash" text DEFAULT 'a\nb', "Mixed Case" text, "dot.ted" text, ":colon" text,
                "ünï" text DEFAULT '–', name_of_sixty_three_bytes_that_goes_on_and_on_to_the_very_last_ text, "order" integer
            )
            SQL);

        DB::unprepared(<<<'SQL'
            CREATE INDEX "i""'%{x}${x}<&>\:y" ON "a""b" ("select", "p%s", "{x}", "${x}", "back\slash", ":colon") WHERE "<&>" = ':x\:y%'
            SQL);

        DB::unprepared(<<<'SQL'
            ALTER TABLE "select" ADD CONSTRAINT "c%'""" CHECK ("order" <> '%s' AND "p%s" <> 'a:b')
            SQL);

        Schema::table('select', function (Blueprint $table) {
            $table->text('new%col')->nullable()->default(DB::raw('E\'a\\tb\''));
        });

        DB::statement(<<<'SQL'
            ALTER TABLE "select" RENAME COLUMN "back\slash" TO "${y}"
            SQL);
    }

    public function down()
    {
        DB::statement(<<<'SQL'
            ALTER TABLE "public"."select" RENAME COLUMN "${y}" TO "back\slash"
            SQL);

        Schema::table('select', function (Blueprint $table) {
            $table->dropColumn('new%col');
        });

        DB::statement(<<<'SQL'
            ALTER TABLE "public"."select" DROP CONSTRAINT "c%'"""
            SQL);

        Schema::drop('a"b');
    }
};
