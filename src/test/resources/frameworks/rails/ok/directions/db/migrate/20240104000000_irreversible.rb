class Irreversible < ActiveRecord::Migration[7.1]
  def up
    drop_table :a
  end

  def down
    raise ActiveRecord::IrreversibleMigration, "the rows are gone"
  end
end
