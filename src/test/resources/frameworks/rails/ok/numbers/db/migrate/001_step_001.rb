class Step001 < ActiveRecord::Migration[4.2]
  def self.up
    execute "SELECT 001"
  end

  def self.down
    execute "SELECT -001"
  end
end
