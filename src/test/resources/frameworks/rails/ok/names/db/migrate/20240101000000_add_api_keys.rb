class AddAPIKeys < ActiveRecord::Migration[6.1]
  class Key < ActiveRecord::Base; end

  def change
    create_table :api_keys
  end
end
