class ChangeThatRailsCannotTurn < ActiveRecord::Migration[7.1]
  def change
    execute "ALTER TABLE a ADD d int"
  end
end
