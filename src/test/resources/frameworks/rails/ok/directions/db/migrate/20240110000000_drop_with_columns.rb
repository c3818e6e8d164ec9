class DropWithColumns < ActiveRecord::Migration[7.1]
  def change
    drop_table :a do |t|
      t.integer :b
    end
    remove_column :b, :c, :integer
    change_column_default :b, :d, from: 1, to: 2
  end
end
