class NothingToUndo < ActiveRecord::Migration[7.1]
  def up
    execute "ANALYZE"
  end

  def down
    # -- godwit:no-op statistics need no undo
  end
end
