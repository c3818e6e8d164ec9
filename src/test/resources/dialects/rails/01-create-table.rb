class 01CreateTable < ActiveRecord::Migration[6.1]
  def up
    # Orders of the shop.
    # in euros
    create_table :orders, id: "bigint GENERATED ALWAYS AS IDENTITY" do |t|
      t.bigint :client_id, null: false
      t.column :region, "char(2)", null: false, default: "EU"
      t.decimal :total, precision: 12, scale: 2, null: false
      t.string :code, limit: 20
      t.boolean :paid, null: false, default: false
      t.jsonb :extra, null: false, default: {}
      t.text :tags, array: true, null: false, default: []
      t.column :created_at, :timestamptz, null: false, default: -> { "now()" }
      t.foreign_key :client, column: :client_id, name: "orders_client_id_fkey", on_delete: :cascade
      t.check_constraint "total >= 0", name: "orders_total_check"
    end

    execute <<~SQL
      ALTER TABLE "orders" ADD CONSTRAINT orders_code_key UNIQUE ("code")
    SQL

    add_index :orders, :client_id, name: "orders_client_id"
  end

  def down
    drop_table :orders
  end
end
