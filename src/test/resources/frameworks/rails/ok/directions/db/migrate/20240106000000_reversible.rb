class Reversible < ActiveRecord::Migration[7.1]
  def change
    reversible do |dir|
      dir.up { execute "ALTER TABLE a ADD c int" }
      dir.down { execute "ALTER TABLE a DROP c" }
    end
  end
end
