class 06Indexes < ActiveRecord::Migration[6.1]
  def up
    add_index :invoice, [:made, :id], name: "invoice_made", order: { made: "DESC NULLS LAST" }
    add_index :invoice, [:client_id, :made], name: "invoice_made_desc", order: { made: :desc }
    add_index :client, "lower(email)", name: "client_lower_email", unique: true
    add_index :invoice, :client_id, name: "invoice_one_open", where: "state = 'open'", unique: true
    add_index :invoice, :tags, name: "invoice_tags", using: :gin
    add_index :client, :name, name: "client_name_pattern", opclass: { name: :text_pattern_ops }

    execute <<~SQL
      CREATE INDEX invoice_covering ON invoice (client_id) INCLUDE (total, state)
    SQL

    add_index :invoice, [:state, :total], name: "invoice_state_total_idx"
    add_index :invoice, "(state || ':x'), id", name: "invoice_words", where: "state LIKE 'o%' AND id > 10"

    execute <<~SQL
      CREATE INDEX invoice_filled ON invoice (id) WITH (fillfactor = 70)
    SQL

    execute <<~SQL
      CREATE INDEX client_collated ON client (name COLLATE "C")
    SQL
  end

  def down
    execute <<~SQL
      DROP INDEX client_collated
    SQL

    execute <<~SQL
      DROP INDEX invoice_filled, invoice_words
    SQL

    remove_index :invoice, name: "invoice_state_total_idx"
    remove_index :invoice, name: "invoice_covering"
    remove_index :client, name: "client_name_pattern"
    remove_index :invoice, name: "invoice_tags"
    remove_index :invoice, name: "invoice_one_open"
    remove_index :client, name: "client_lower_email"
    remove_index :invoice, name: "invoice_made_desc"
    remove_index :invoice, name: "invoice_made"
  end
end
