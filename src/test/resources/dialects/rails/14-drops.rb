class 14Drops < ActiveRecord::Migration[6.1]
  def up
    remove_column :package, :flag
    remove_foreign_key :audit, name: "audit_client"
    remove_index :audit, name: "audit_what"
  end

  def down
    add_index :audit, :what, name: "audit_what"
    add_foreign_key :audit, :client, column: :client_id, name: "audit_client"

    execute <<~SQL
      ALTER TABLE package ADD COLUMN flag text CONSTRAINT parcel_flag_not_null NOT NULL DEFAULT 'n'
    SQL
  end
end
