class Step0020 < ActiveRecord::Migration[4.2]
  def self.up
    execute "SELECT 0020"
  end

  def self.down
    execute "SELECT -0020"
  end
end
