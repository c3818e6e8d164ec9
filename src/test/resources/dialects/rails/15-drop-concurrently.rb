class 15DropConcurrently < ActiveRecord::Migration[6.1]
  disable_ddl_transaction!

  def up
    remove_index :audit, name: "audit_client", algorithm: :concurrently
  end

  def down
    add_index :audit, :client_id, name: "audit_client", algorithm: :concurrently
  end
end
