class 11CheckNotValid < ActiveRecord::Migration[6.1]
  def up
    add_check_constraint :invoice, "total > 0 AND state <> '50%'", name: "invoice_total", validate: false
    add_check_constraint :client, "score >= 0", name: "client_score_check"

    execute <<~SQL
      ALTER TABLE client ADD CONSTRAINT client_name_key UNIQUE (name)
    SQL

    add_foreign_key :audit, :client, column: :id, name: "audit_id_fkey", validate: false
  end

  def down
    remove_foreign_key :audit, name: "audit_id_fkey"

    execute <<~SQL
      ALTER TABLE client DROP CONSTRAINT client_name_key
    SQL

    remove_check_constraint :client, name: "client_score_check"
    remove_check_constraint :invoice, name: "invoice_total"
  end
end
