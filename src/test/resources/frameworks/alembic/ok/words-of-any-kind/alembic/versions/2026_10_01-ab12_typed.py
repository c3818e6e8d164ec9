r'''A docstring with revision = 'wrong' in it'''
from typing import Sequence, Union

from alembic import op

revision: str = ("ab"
                 '12')  # revision = "wrong"
down_revision: Union[str, Sequence[str], None] = None
TEXT = """
revision = 'wrong'
def downgrade(): pass
"""


def upgrade() -> None: op.execute("SELECT 1")


async def downgrade() -> None:
	# tabs
	op.execute(f"""SELECT {revision}""")
