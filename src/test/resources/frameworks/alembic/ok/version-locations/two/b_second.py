revision = "b"
down_revision = "a"
def upgrade(): op.execute("a")
def downgrade(): op.execute("b")
