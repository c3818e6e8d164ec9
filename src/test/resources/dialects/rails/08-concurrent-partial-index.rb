class 08ConcurrentPartialIndex < ActiveRecord::Migration[6.1]
  disable_ddl_transaction!

  def change
    add_index :client, :email,
      name: "client_email",
      where: "email IS NOT NULL",
      unique: true,
      algorithm: :concurrently
  end
end
