revision = "a"
down_revision = None
def upgrade(): op.execute("a")
def downgrade(): op.execute("b")
