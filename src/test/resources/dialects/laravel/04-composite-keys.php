<?php

use Illuminate\Database\Migrations\Migration;
use Illuminate\Database\Schema\Blueprint;
use Illuminate\Support\Facades\DB;
use Illuminate\Support\Facades\Schema;

return new class extends Migration
{
    public function up()
    {
        Schema::create('stock', function (Blueprint $table) {
            $table->integer('shop');
            $table->integer('item');
            $table->integer('amount')->default(0);
            $table->decimal('price', 10, 2)->nullable();
            $table->decimal('worth', 20, 2)->nullable()->storedAs('amount * price');
            $table->unique(['item', 'shop'], 'stock_item_shop_key');
        });

        DB::statement(<<<'SQL'
            ALTER TABLE "stock" ADD CONSTRAINT stock_key PRIMARY KEY ("shop", "item")
            SQL);

        DB::statement(<<<'SQL'
            ALTER TABLE "stock" ADD CONSTRAINT stock_amount CHECK (amount >= 0 AND (price > 0 OR price IS NULL))
            SQL);

        Schema::create('booking', function (Blueprint $table) {
            $table->bigInteger('id')->primary();
            $table->integer('shop')->nullable();
            $table->integer('item')->nullable();
            $table->foreign(['shop', 'item'], 'booking_shop_item_fkey')->references(['shop', 'item'])->on('stock')->onDelete('set null')->onUpdate('cascade')->deferrable()->initiallyImmediate(false);
        });
    }

    public function down()
    {
        Schema::drop('booking');
        Schema::drop('stock');
    }
};
