class 18Functions < ActiveRecord::Migration[6.1]
  def up
    execute <<~SQL
      CREATE FUNCTION touched() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
          NEW.made := now(); -- 100% :sure
        RETURN NEW;
      END
      $$
    SQL

    execute <<~SQL
      CREATE TRIGGER touch BEFORE UPDATE ON invoice FOR EACH ROW EXECUTE FUNCTION touched()
    SQL
  end

  def down
    execute <<~SQL
      DROP TRIGGER touch ON invoice
    SQL

    execute <<~SQL
      DROP FUNCTION touched()
    SQL
  end
end
