class IrreversibleSometimes < ActiveRecord::Migration[7.1]
  def up
    execute "UPDATE a SET b = 1"
  end

  def down
    raise ActiveRecord::IrreversibleMigration if select_value("SELECT count(*) FROM a") > 0
    execute "UPDATE a SET b = 0"
  end
end
