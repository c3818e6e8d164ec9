class AddRegoin < ActiveRecord::Migration[6.1]
end
