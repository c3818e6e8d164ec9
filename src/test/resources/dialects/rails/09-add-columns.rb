class 09AddColumns < ActiveRecord::Migration[6.1]
  def up
    add_column :client, :active, :boolean, null: false, default: true

    add_column :client, :born, :date
    add_column :client, :region, :string, limit: 2, default: "EU"

    add_column :client, :seen, :timestamptz, null: false, default: -> { "now()" }

    execute <<~SQL
      ALTER TABLE client ADD COLUMN boss bigint REFERENCES client (id)
    SQL
  end

  def down
    remove_column :client, :boss
    remove_column :client, :seen
    remove_column :client, :region
    remove_column :client, :born
    remove_column :client, :active
  end
end
