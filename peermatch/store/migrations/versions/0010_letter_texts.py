"""The network's own wording of the letters."""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

LETTER_TEXT = """
CREATE TABLE letter_text (
    id INTEGER NOT NULL,
    letter VARCHAR NOT NULL,
    kept DATE NOT NULL,
    subject VARCHAR,
    body TEXT,
    PRIMARY KEY (id),
    CHECK (kept IS NULL OR kept GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    CHECK ((subject IS NULL) = (body IS NULL))
)
"""
INDEX = "CREATE INDEX ix_letter_text_letter ON letter_text (letter)"


def upgrade() -> None:
    """Make the table, empty: every letter was the one that ships."""
    op.execute(LETTER_TEXT)
    op.execute(INDEX)
