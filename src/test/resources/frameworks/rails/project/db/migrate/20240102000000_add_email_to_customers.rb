class AddEmailToCustomers < ActiveRecord::Migration[6.1]
  def up
    execute "ALTER TABLE customers ADD COLUMN email text"
  end

  def down
    execute "ALTER TABLE customers DROP COLUMN email"
  end
end
