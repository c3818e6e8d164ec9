class Step10 < ActiveRecord::Migration[4.2]
  def self.up
    execute "SELECT 10"
  end

  def self.down
    execute "SELECT -10"
  end
end
