class 17Backfill < ActiveRecord::Migration[6.1]
  def up
    add_column :invoice, :region, :text

    execute <<~SQL
      -- Everybody of before, 100% :sure
      UPDATE invoice SET region = 'EU :name 5% %s ${x}' WHERE region IS NULL AND state LIKE 'n%'
    SQL

    change_column_null :invoice, :region, false
  end

  def down
    change_column_null :invoice, :region, true
    remove_column :invoice, :region
  end
end
