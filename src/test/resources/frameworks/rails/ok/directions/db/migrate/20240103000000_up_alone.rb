class UpAlone < ActiveRecord::Migration[7.1]
  # def down
  def up
    execute <<~SQL
      SELECT 1;
      def down
    SQL
  end
end
