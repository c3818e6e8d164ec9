class 16HostileNames < ActiveRecord::Migration[6.1]
  def up
    execute <<~'SQL'
      CREATE TABLE "a""b" (
          "id" integer PRIMARY KEY,
          "select" text, "x'y" text DEFAULT 'a''b"c', "p%s" text DEFAULT '%s %(a)s', "{x}" text, "${x}" text DEFAULT '${x}',
          "<&>" text DEFAULT '<&>]]>', "back\slash" text DEFAULT 'a\nb', "Mixed Case" text, "dot.ted" text, ":colon" text,
          "ünï" text DEFAULT '–', name_of_sixty_three_bytes_that_goes_on_and_on_to_the_very_last_ text, "order" integer
      )
    SQL

    execute <<~'SQL'
      CREATE INDEX "i""'%{x}${x}<&>\:y" ON "a""b" ("select", "p%s", "{x}", "${x}", "back\slash", ":colon") WHERE "<&>" = ':x\:y%'
    SQL

    execute <<~SQL
      ALTER TABLE "select" ADD CONSTRAINT "c%'""" CHECK ("order" <> '%s' AND "p%s" <> 'a:b')
    SQL

    add_column :select, "new%col", :text, default: -> { "E'a\\tb'" }
    rename_column :select, "back\\slash", "${y}"
  end

  def down
    rename_column :select, "${y}", "back\\slash"
    remove_column :select, "new%col"
    remove_check_constraint :select, name: "c%'\""

    execute <<~SQL
      DROP TABLE "public"."a""b"
    SQL
  end
end
