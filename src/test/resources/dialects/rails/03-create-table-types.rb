class 03CreateTableTypes < ActiveRecord::Migration[6.1]
  def change
    create_table :every_type, id: false do |t|
      t.integer :a, limit: 2
      t.bigint :b
      t.column :c, :real
      t.float :d
      t.decimal :e
      t.decimal :f, precision: 7
      t.column :g, :char
      t.string :h
      t.string :i, limit: 255
      t.binary :j
      t.date :k
      t.column :l, "time without time zone"
      t.column :m, "time(0) with time zone"
      t.datetime :n, precision: nil
      t.column :o, "timestamptz(6)"
      t.uuid :p, default: -> { "gen_random_uuid()" }
      t.inet :q
      t.cidr :r
      t.macaddr :s
      t.json :t
      t.tsvector :u
      t.column :v, :interval
      t.int4range :w
      t.tstzrange :x
      t.boolean :y
      t.decimal :z, precision: 10, scale: 2, array: true
      t.text :aa, default: "it's"
      t.text :ab, default: "a:b :name ::x"
      t.integer :ac, array: true, default: -> { "ARRAY[1, 2]" }
      t.text :ad, default: "100%"
      t.text :ae
      t.column :af, :interval, default: -> { "'1 day'::interval" }
      t.string :ag, limit: 9, array: true
      t.text :ah, default: -> { "('a' || 'b')" }
    end
  end
end
