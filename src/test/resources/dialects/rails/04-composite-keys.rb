class 04CompositeKeys < ActiveRecord::Migration[6.1]
  def up
    create_table :stock, id: false do |t|
      t.integer :shop, null: false
      t.integer :item, null: false
      t.integer :amount, null: false, default: 0
      t.decimal :price, precision: 10, scale: 2
      t.column :worth, "numeric(20, 2) GENERATED ALWAYS AS (amount * price) STORED"
      t.check_constraint "amount >= 0 AND (price > 0 OR price IS NULL)", name: "stock_amount"
    end

    execute <<~SQL
      ALTER TABLE "stock" ADD CONSTRAINT stock_key PRIMARY KEY ("shop", "item")
    SQL

    execute <<~SQL
      ALTER TABLE "stock" ADD CONSTRAINT stock_item_shop_key UNIQUE ("item", "shop")
    SQL

    create_table :booking, id: :bigint, default: nil do |t|
      t.integer :shop
      t.integer :item
    end

    execute <<~SQL
      ALTER TABLE "booking" ADD CONSTRAINT booking_shop_item_fkey FOREIGN KEY ("shop", "item") REFERENCES "stock" ("shop", "item") ON DELETE SET NULL ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED
    SQL
  end

  def down
    drop_table :booking
    drop_table :stock
  end
end
