revision = "cd34"; down_revision = "ab12"
def upgrade():
  op.execute("SELECT é")
def downgrade(): op.execute(
"SELECT 1")
