class InOne < ActiveRecord::Migration[6.1]
  # disable_ddl_transaction! is not needed here
  def change
    add_index :a, :c
  end
end
