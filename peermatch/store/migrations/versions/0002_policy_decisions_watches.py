"""The policy in versions, the record of decisions, watches, and the packed columns of a fast start."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

NEW_TABLES = """
CREATE TABLE policy_version (
    version INTEGER NOT NULL,
    since DATE NOT NULL,
    body JSON NOT NULL,
    PRIMARY KEY (version),
    CHECK (since IS NULL OR since GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    CHECK (json_valid(body))
)
;
CREATE TABLE decision (
    id INTEGER NOT NULL,
    enquiry VARCHAR NOT NULL,
    supporter VARCHAR NOT NULL,
    day DATE NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (id),
    CHECK (day IS NULL OR day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    FOREIGN KEY(enquiry) REFERENCES enquiry (reference)
)
;
CREATE INDEX ix_decision_enquiry ON decision (enquiry)
;
CREATE TABLE watch (
    enquiry VARCHAR NOT NULL,
    since DATE NOT NULL,
    known JSON NOT NULL,
    PRIMARY KEY (enquiry),
    CHECK (since IS NULL OR since GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    CHECK (json_valid(known)),
    FOREIGN KEY(enquiry) REFERENCES enquiry (reference)
)
;
CREATE TABLE chunk (
    number INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (number)
)
;
CREATE TABLE chunk_word (
    code INTEGER NOT NULL,
    word VARCHAR NOT NULL,
    PRIMARY KEY (code),
    UNIQUE (word)
)
;
CREATE TABLE chunk_origin (
    id INTEGER NOT NULL CHECK (id = 1),
    made_from VARCHAR NOT NULL,
    PRIMARY KEY (id)
)
"""

# In the first schema a policy came in only when the network was made, so it counts from the journal's first day.
POLICY_MOVED = """
INSERT INTO policy_version (version, since, body)
SELECT coalesce(json_extract(policy, '$.version'), 1),
    coalesce((SELECT substr(at, 1, 10) FROM journal ORDER BY seq LIMIT 1), '1970-01-01'),
    policy
FROM network WHERE json_type(policy) = 'object'
"""

# The column has a CHECK of its table, so SQLite cannot drop it alone: the table is made anew. Nothing refers to it
# and it has neither trigger nor index.
POLICY_DROPPED = """
ALTER TABLE network RENAME TO network_before
;
CREATE TABLE network (
    id INTEGER NOT NULL,
    name VARCHAR NOT NULL,
    controller VARCHAR,
    wordings_listed BOOLEAN NOT NULL,
    PRIMARY KEY (id),
    CHECK (id = 1)
)
;
INSERT INTO network (id, name, controller, wordings_listed)
SELECT id, name, controller, wordings_listed FROM network_before
;
DROP TABLE network_before
"""


def upgrade() -> None:
    """Make the new tables, move the policy into its first version, and take its old column away."""
    for script in (NEW_TABLES, POLICY_MOVED, POLICY_DROPPED):
        for statement in script.split("\n;\n"):
            op.execute(statement)
