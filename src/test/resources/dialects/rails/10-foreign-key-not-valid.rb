class 10ForeignKeyNotValid < ActiveRecord::Migration[6.1]
  def up
    add_foreign_key :invoice, :client,
      column: :client_id,
      name: "invoice_client",
      on_delete: :restrict,
      validate: false

    validate_foreign_key :invoice, name: "invoice_client"
  end

  def down
    remove_foreign_key :invoice, name: "invoice_client"
  end
end
