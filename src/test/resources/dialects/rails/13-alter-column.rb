class 13AlterColumn < ActiveRecord::Migration[6.1]
  def up
    change_column_default :client, :note, -> { "'none: :x 5%'" }

    execute <<~SQL
      ALTER TABLE client ALTER COLUMN score DROP DEFAULT, ALTER COLUMN score TYPE bigint
    SQL

    change_column_null :client, :name, true

    execute <<~SQL
      ALTER TABLE package ALTER COLUMN weight TYPE numeric(8, 3) USING weight::numeric
    SQL
  end

  def down
    change_column :package, :weight, :text
    change_column_null :client, :name, false
    change_column :client, :score, :integer
    change_column_default :client, :score, -> { "0" }
    change_column_default :client, :note, nil
  end
end
