class AddA < ActiveRecord::Migration[6.1]
end
