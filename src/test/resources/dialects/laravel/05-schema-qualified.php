<?php

use Illuminate\Database\Migrations\Migration;
use Illuminate\Database\Schema\Blueprint;
use Illuminate\Support\Facades\DB;
use Illuminate\Support\Facades\Schema;

return new class extends Migration
{
    public function up()
    {
        Schema::create('sales.orders', function (Blueprint $table) {
            $table->bigInteger('id')->generatedAs();
            $table->char('region', 2)->nullable();
            $table->bigInteger('client_id')->nullable();
            $table->bigInteger('parent')->nullable();
            $table->primary('id');
            $table->foreign('region', 'orders_region_fkey')->references('code')->on('sales.region');
            $table->foreign('client_id', 'orders_client_id_fkey')->references('id')->on('public.client');
            $table->foreign('parent', 'orders_parent_fkey')->references('id')->on('sales.orders');
        });

        Schema::table('sales.orders', function (Blueprint $table) {
            $table->index('region', 'orders_region');
        });

        Schema::table('sales.orders', function (Blueprint $table) {
            $table->text('note')->nullable();
        });

        DB::statement(<<<'SQL'
            ALTER TABLE sales.region ALTER COLUMN label SET NOT NULL
            SQL);
    }

    public function down()
    {
        DB::statement(<<<'SQL'
            ALTER TABLE "sales"."region" ALTER COLUMN "label" DROP NOT NULL
            SQL);

        Schema::drop('sales.orders');
    }
};
