"""Whether a conversation can be signed in to."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    with op.batch_alter_table("conversations", schema=None) as batch_op:
        batch_op.add_column(sa.Column("sign_in", sa.Boolean(), nullable=False, server_default=sa.true()))


def downgrade() -> None:
    """Go back."""
    with op.batch_alter_table("conversations", schema=None) as batch_op:
        batch_op.drop_column("sign_in")
