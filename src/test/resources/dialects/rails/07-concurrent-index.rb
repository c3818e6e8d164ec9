class 07ConcurrentIndex < ActiveRecord::Migration[6.1]
  disable_ddl_transaction!

  def change
    add_index :invoice, :client_id, name: "invoice_client_id", algorithm: :concurrently
  end
end
