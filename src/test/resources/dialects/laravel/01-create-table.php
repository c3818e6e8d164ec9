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
            -- Orders of the shop.
            CREATE TABLE orders (
                id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                client_id bigint NOT NULL REFERENCES client (id) ON DELETE CASCADE,
                region char(2) NOT NULL DEFAULT 'EU',
                -- in euros
                total numeric(12, 2) NOT NULL CHECK (total >= 0),
                code varchar(20) UNIQUE,
                paid boolean NOT NULL DEFAULT false,
                extra jsonb NOT NULL DEFAULT '{}',
                tags text[] NOT NULL DEFAULT '{}',
                created_at timestamptz NOT NULL DEFAULT now()
            )
            SQL);

        Schema::table('orders', function (Blueprint $table) {
            $table->index('client_id', 'orders_client_id');
        });
    }

    public function down()
    {
        Schema::drop('orders');
    }
};
