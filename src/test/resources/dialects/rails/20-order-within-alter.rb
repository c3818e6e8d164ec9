class 20OrderWithinAlter < ActiveRecord::Migration[6.1]
  def up
    execute <<~SQL
      ALTER TABLE package ADD COLUMN size2 integer, DROP COLUMN size
    SQL
  end

  def down
    remove_column :package, :size2
    add_column :package, :size, :integer, limit: 2
  end
end
