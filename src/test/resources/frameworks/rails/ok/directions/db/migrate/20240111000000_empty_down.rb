class EmptyDown < ActiveRecord::Migration[7.1]
  def up
    execute "ANALYZE"
  end

  def down
    # later
  end
end
