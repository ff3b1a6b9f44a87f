"""What the first opening of a network would otherwise wait for: made ready while somebody types a passphrase."""

import sqlalchemy
from sqlalchemy.orm import configure_mappers
from sqlcipher3 import dbapi2


def warm_up() -> None:
    """Load what SQLAlchemy has for this kind of file, and let it lay out all tables; a second time does nothing.

    Once Qt is loaded this takes longer than opening a small network itself.
    """
    sqlalchemy.create_engine("sqlite://", module=dbapi2).dispose()
    configure_mappers()
