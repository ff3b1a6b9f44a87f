"""The schema's version: told by one PRAGMA, brought up to date by Alembic in one transaction."""

from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from peermatch.errors import Damaged
from peermatch.store.refusal import refusal_of_sqlite
from peermatch.store.sql import sql

# The number of the newest revision in migrations/versions, so that Alembic is imported only when it differs.
HEAD = 19


def version(connection: Any) -> int:
    """The schema version of an open file; 0 for one that was just made."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def refuse_newer(found: int) -> None:
    """Stop before a file that a later program wrote is touched."""
    if found > HEAD:
        raise Damaged(
            f"This network was written by a newer PeerMatch (its schema is {found}, this program knows {HEAD}).",
            "Install the newer program. Nothing was changed.",
        )


def bring_up_to_date(
    connection: Any, engine: "sql.Engine", scripts: Path | None = None, head: int = HEAD
) -> None:
    """Run the revisions that are missing, in one transaction.

    Foreign keys are off while tables change (SQLite ignores the switch inside a transaction) and are checked
    before the commit; a failure leaves the file as it was.
    """
    found = version(connection)
    if found == head:
        return
    connection.execute("PRAGMA foreign_keys=OFF")
    try:
        with engine.begin() as transaction:
            _run_revisions(transaction, scripts, found)
            if transaction.exec_driver_sql("PRAGMA foreign_key_check").fetchall():
                raise Damaged("The network has records that point nowhere, so it was not brought up to date.")
            transaction.exec_driver_sql(f"PRAGMA user_version={head}")
    finally:
        connection.execute("PRAGMA foreign_keys=ON")


def _run_revisions(transaction: Any, scripts: Path | None, found: int) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    folder = scripts or Path(__file__).parent / "migrations"
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = transaction
    try:
        command.upgrade(config, "head")
    except sql.DBAPIError as error:
        if isinstance(error.orig, dbapi2.Error) and refusal_of_sqlite(error.orig, "network"):
            raise
        raise Damaged(
            f"This network (its schema is {found}) could not be brought up to date, so nothing was changed.",
            "Go on with the earlier PeerMatch, and tell whoever looks after it.",
        ) from None
