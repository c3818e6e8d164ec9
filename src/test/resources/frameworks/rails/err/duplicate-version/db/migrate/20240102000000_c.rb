class C < ActiveRecord::Migration[6.1]
end
