class 19WhatNoFrameworkSays < ActiveRecord::Migration[6.1]
  def up
    execute <<~SQL
      CREATE TYPE mood AS ENUM ('sad', 'ok')
    SQL

    execute <<~SQL
      CREATE TABLE person (
          id bigint PRIMARY KEY,
          mood mood NOT NULL DEFAULT 'ok',
          during tstzrange,
          EXCLUDE USING gist (during WITH &&)
      )
    SQL

    execute <<~SQL
      CREATE TABLE part (id bigint, made date) PARTITION BY RANGE (made)
    SQL

    execute <<~SQL
      CREATE TABLE part_2026 PARTITION OF part FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')
    SQL

    execute <<~SQL
      CREATE VIEW open_invoice AS SELECT id FROM invoice WHERE state = 'open'
    SQL

    execute <<~SQL
      CREATE TABLE IF NOT EXISTS maybe (id integer CONSTRAINT filled NOT NULL)
    SQL

    change_table_comment :person, "people's moods: 100% :true"
  end

  def down
    drop_table :maybe

    execute <<~SQL
      DROP VIEW open_invoice
    SQL

    drop_table :part
    drop_table :person

    execute <<~SQL
      DROP TYPE mood
    SQL
  end
end
