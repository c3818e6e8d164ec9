class Step9 < ActiveRecord::Migration[4.2]
  def self.up
    execute "SELECT 9"
  end

  def self.down
    execute "SELECT -9"
  end
end
