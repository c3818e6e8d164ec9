class ReversibleNot < ActiveRecord::Migration[7.1]
  def change
    reversible do |dir|
      dir.up { execute "ALTER TABLE a DROP c" }
      dir.down { raise ActiveRecord::IrreversibleMigration }
    end
  end
end
