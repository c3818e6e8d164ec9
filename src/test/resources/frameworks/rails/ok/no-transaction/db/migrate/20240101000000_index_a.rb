class IndexA < ActiveRecord::Migration[6.1]
  disable_ddl_transaction!

  def change
    add_index :a, :b, algorithm: :concurrently
  end
end
