BuiltOtherwise = Class.new(ActiveRecord::Migration[6.1]) do
  def change
    create_table :others
  end
end
