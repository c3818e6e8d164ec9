class 12Renames < ActiveRecord::Migration[6.1]
  def up
    rename_column :parcel, :old_name, :new_name

    execute <<~SQL
      ALTER TABLE parcel RENAME TO package
    SQL
  end

  def down
    execute <<~SQL
      ALTER TABLE "public"."package" RENAME TO "parcel"
    SQL

    rename_column :parcel, :new_name, :old_name
  end
end
