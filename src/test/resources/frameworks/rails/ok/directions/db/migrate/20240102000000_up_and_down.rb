class UpAndDown < ActiveRecord::Migration[7.1]
  def up
    execute "ALTER TABLE a ADD b int"
  end

  def down
    execute "ALTER TABLE a DROP b"
  end
end
