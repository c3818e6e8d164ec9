# This migration comes from active_storage (originally 3)
class FromEngine < ActiveRecord::Migration[5.2]
  def change
    create_table :blobs
  end
end
