class DropWithoutColumns < ActiveRecord::Migration[7.1]
  def change
    drop_table :a
  end
end
