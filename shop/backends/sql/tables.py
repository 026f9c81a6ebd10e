"""The tables. A record's searchable parts are columns; the rest is one JSON document, read into its model."""

from datetime import UTC, datetime

from sqlalchemy import JSON, Column, DateTime, ForeignKey, ForeignKeyConstraint, Index, Integer, MetaData, String, Table, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

SCHEMA_VERSION = "3"
UPGRADES = {
    "1": (
        "2",
        "ALTER TABLE shop_variants ADD COLUMN stock_version INTEGER NOT NULL DEFAULT 0",
        "CREATE INDEX ix_shop_variants_stock_version ON shop_variants (stock_version)",
    ),
    "2": (
        "3",
        "ALTER TABLE shop_customers ADD COLUMN email_key VARCHAR(320) NOT NULL DEFAULT ''",
        "ALTER TABLE shop_customers ADD COLUMN name_key VARCHAR(320) NOT NULL DEFAULT ''",
        "CREATE INDEX ix_shop_customers_email_key ON shop_customers (email_key)",
        "CREATE INDEX ix_shop_customers_name_key ON shop_customers (name_key)",
    ),
}
"""For each older version of the tables the next one, and the statements that lead there."""

metadata = MetaData()
Document = JSON().with_variant(JSONB(), "postgresql")

_OPEN = text("state = 'open'")


class UtcDateTime(TypeDecorator[datetime]):
    """A time with its zone on every database; SQLite alone would forget the zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Store UTC."""
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give UTC back."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class StockCount(TypeDecorator[int]):
    """Pieces in stock, or None where they are not counted. Kept as -1, so that arithmetic on the column needs no case for NULL."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: int | None, dialect: Dialect) -> int:
        """Store -1 for None. Amounts to add or to compare with pass as they are."""
        return -1 if value is None else value

    def process_result_value(self, value: int | None, dialect: Dialect) -> int | None:
        """Give None back for -1."""
        return None if value is None or value < 0 else value


meta = Table("shop_meta", metadata, Column("name", String(40), primary_key=True), Column("value", String(200), nullable=False))

counters = Table("shop_counters", metadata, Column("name", String(40), primary_key=True), Column("value", Integer, nullable=False))

products = Table(
    "shop_products",
    metadata,
    Column("product_id", String(80), primary_key=True),
    Column("position", Integer, nullable=False),
    Column("document", Document, nullable=False),
)

variants = Table(
    "shop_variants",
    metadata,
    Column("variant_id", String(80), primary_key=True),
    Column("product_id", ForeignKey("shop_products.product_id"), nullable=False, index=True),
    Column("position", Integer, nullable=False),
    Column("options", Document, nullable=False),
    Column("price_cents", Integer, nullable=False),
    Column("stock", StockCount, nullable=False),
    # The stock counter at the last move, so that caches read what moved and not everything.
    Column("stock_version", Integer, nullable=False, default=0, index=True),
)

customers = Table(
    "shop_customers",
    metadata,
    Column("customer_id", String(80), primary_key=True),
    Column("position", Integer, nullable=False),
    Column("document", Document, nullable=False),
    # What a customer is looked up by, case-folded by Python, because databases fold letters beyond ASCII each in their own way.
    Column("email_key", String(320), nullable=False, default="", index=True),
    Column("name_key", String(320), nullable=False, default="", index=True),
)

payment_methods = Table(
    "shop_payment_methods",
    metadata,
    Column("customer_id", ForeignKey("shop_customers.customer_id"), primary_key=True),
    Column("payment_method_id", String(80), primary_key=True),
    Column("position", Integer, nullable=False),
    Column("balance_cents", Integer),
    Column("document", Document, nullable=False),
)

orders = Table(
    "shop_orders",
    metadata,
    Column("order_id", String(80), primary_key=True),
    Column("order_key", String(32), nullable=False, unique=True),
    Column("customer_id", ForeignKey("shop_customers.customer_id"), nullable=False, index=True),
    Column("status", String(30), nullable=False),
    Column("placed_at", UtcDateTime, nullable=False),
    Column("document", Document, nullable=False),
)

proposals = Table(
    "shop_proposals",
    metadata,
    Column("proposal_id", String(80), primary_key=True),
    Column("conversation_id", String(120), nullable=False),
    Column("state", String(20), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("document", Document, nullable=False),
    # Two processes cannot leave a conversation with two open proposals.
    Index("shop_one_open_proposal", "conversation_id", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
)

receipts = Table(
    "shop_receipts",
    metadata,
    Column("proposal_id", String(80), primary_key=True),
    Column("receipt_id", String(80), nullable=False, unique=True),
    Column("conversation_id", String(120), nullable=False, index=True),
    Column("committed_at", UtcDateTime, nullable=False),
    Column("document", Document, nullable=False),
    ForeignKeyConstraint(["proposal_id"], ["shop_proposals.proposal_id"]),
)

audit = Table(
    "shop_audit",
    metadata,
    Column("audit_id", Integer, primary_key=True, autoincrement=True),
    Column("at", UtcDateTime, nullable=False),
    Column("event", String(40), nullable=False),
    Column("conversation_id", String(120)),
    Column("proposal_id", String(80)),
    Column("details", Document, nullable=False),
    Index("shop_audit_conversation", "conversation_id"),
)
