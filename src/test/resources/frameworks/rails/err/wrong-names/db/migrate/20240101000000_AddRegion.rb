class AddRegion < ActiveRecord::Migration[6.1]
end
