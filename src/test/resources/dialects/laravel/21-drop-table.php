<?php

use Illuminate\Database\Migrations\Migration;
use Illuminate\Database\Schema\Blueprint;
use Illuminate\Support\Facades\DB;
use Illuminate\Support\Facades\Schema;

return new class extends Migration
{
    public function up()
    {
        Schema::drop('sales.orders');
        Schema::drop('ticket');
    }

    public function down()
    {
        Schema::create('ticket', function (Blueprint $table) {
            $table->id();
            $table->text('subject');
            $table->timestamp('opened', 3)->nullable()->default(DB::raw('CURRENT_TIMESTAMP'));
        });

        Schema::create('sales.orders', function (Blueprint $table) {
            $table->bigInteger('id')->generatedAs();
            $table->char('region', 2)->nullable();
            $table->bigInteger('client_id')->nullable();
            $table->bigInteger('parent')->nullable();
            $table->text('note')->nullable();
            $table->primary('id');
            $table->foreign('region', 'orders_region_fkey')->references('code')->on('sales.region');
            $table->foreign('client_id', 'orders_client_id_fkey')->references('id')->on('client');
            $table->foreign('parent', 'orders_parent_fkey')->references('id')->on('sales.orders');
        });

        Schema::table('sales.orders', function (Blueprint $table) {
            $table->index('region', 'orders_region');
        });
    }
};
