"""The same answer by SQL, in an encrypted file or without a key, in one statement and two small ones after it."""

from collections.abc import Iterator
from typing import Any, Protocol

from tests.bench.asking import SHOWN, WISH, Asked
from tests.bench.columns import GATES, PAIRS, PEOPLE, Coded, Columns, coded
from tests.bench.loop import VALID, Said
from tests.bench.network import DAY

_EXTRA = {"relation": ", start INTEGER, until INTEGER", "link": ", level INTEGER"}
_TODAY = DAY.toordinal()
_BUSY = "0.06 * min(1.0, 1.0 * p.in_hand / max(p.capacity, 1)) + 0.04 * min(1.0, p.times_asked / 6.0)"


class Connection(Protocol):
    """A connection of `sqlite3` or `sqlcipher3`: they are alike."""

    def execute(self, sql: str, values: Any = ..., /) -> Any:
        """Run one statement."""

    def close(self) -> None:
        """Let go of the file."""

    def executemany(self, sql: str, values: Any, /) -> Any:
        """Run one statement many times."""


class Sql:
    """Answers by asking a database."""

    def __init__(self, connection: Connection, columns: Columns) -> None:
        self._connection, self._codes = connection, columns.codes
        fill(connection, columns)
        connection.execute("CREATE TEMP TABLE close (need INTEGER, word INTEGER, meets INTEGER, worth REAL)")
        connection.execute("CREATE TEMP TABLE wish (number INTEGER, word INTEGER, worth REAL)")
        connection.execute("CREATE TEMP TABLE verdict (id TEXT, asked INTEGER, gate INTEGER, score REAL)")

    def __call__(self, asked: Asked) -> Said:
        """The first few, and how many each gate is the first to refuse."""
        question, run = coded(asked, self._codes), self._connection.execute
        for table in ("close", "wish", "verdict"):
            run(f"DELETE FROM {table}")
        self._connection.executemany("INSERT INTO close VALUES (?, ?, ?, ?)", list(_close(question)))
        worth = [
            (number, word, value)
            for number, wish in enumerate(question.wishes)
            for word, value in wish.worth.items()
        ]
        self._connection.executemany("INSERT INTO wish VALUES (?, ?, ?)", worth)
        run(_statement(question))
        counts = dict(run("SELECT gate, count(*) FROM verdict GROUP BY gate").fetchall())
        best = run(
            "SELECT id, score FROM verdict WHERE gate = ? ORDER BY round(score, 9) DESC, asked, id LIMIT ?",
            (len(GATES), SHOWN),
        ).fetchall()
        refused = {GATES[gate]: count for gate, count in counts.items() if gate < len(GATES)}
        return Said(tuple((id, score) for id, score in best), counts.get(len(GATES), 0), refused)


def fill(connection: Connection, columns: Columns) -> None:
    """Write everybody in one transaction, with an index for each pair table."""
    connection.execute("BEGIN")
    words = ", ".join(f"{name} INTEGER" for name in PEOPLE)
    connection.execute(f"CREATE TABLE person (number INTEGER PRIMARY KEY, id TEXT, {words})")
    lines = zip(
        range(len(columns.ids)), columns.ids, *(columns.people[n].tolist() for n in PEOPLE), strict=True
    )
    marks = ", ".join("?" * (len(PEOPLE) + 2))
    connection.executemany(f"INSERT INTO person VALUES ({marks})", lines)
    for name in PAIRS:
        cells = columns.pairs[name]
        connection.execute(f"CREATE TABLE {name} (person INTEGER, word INTEGER{_EXTRA.get(name, '')})")
        marks = ", ".join("?" * len(cells))
        connection.executemany(
            f"INSERT INTO {name} VALUES ({marks})", zip(*(c.tolist() for c in cells), strict=True)
        )
        # Everything that a statement needs stands in the index: the table itself is never looked into.
        index = "word, person, level" if name == "link" else "word, person"
        connection.execute(f"CREATE INDEX {name}_by_word ON {name} ({index})")
    connection.execute("COMMIT")
    connection.execute("ANALYZE")


def _close(question: Coded) -> Iterator[tuple[int, int, bool, float]]:
    for number, need in enumerate(question.needs):
        for word, worth in need.closeness.items():
            yield number, word, word in need.meeting, worth


def _statement(question: Coded) -> str:
    """Everybody with the first gate that refuses them and with their score."""
    best = ", ".join(
        f"max(CASE WHEN need = {n} AND level = {VALID} THEN worth ELSE 0.0 END) c{n}, "
        f"max(CASE WHEN need = {n} AND meets THEN level ELSE 0 END) m{n}"
        for n in range(len(question.needs))
    )
    shared = f"SELECT person, {best} FROM close JOIN link USING (word) GROUP BY person"
    worth = " + ".join(
        [f"{need.weight} * ifnull(c{n}, 0.0)" for n, need in enumerate(question.needs)]
        + [f"{WISH} * ({_wish(n, wish.column)})" for n, wish in enumerate(question.wishes)]
    )
    cases = " ".join(f"WHEN {gate} THEN {number}" for number, gate in enumerate(_gates(question)))
    return (
        f"WITH shared AS MATERIALIZED ({shared}),"
        f" judged AS MATERIALIZED (SELECT p.*, s.*, CASE {cases} ELSE {len(GATES)} END gate"
        f" FROM person p LEFT JOIN shared s ON s.person = p.number)"
        f" INSERT INTO verdict SELECT id, last_asked, gate, CASE gate WHEN {len(GATES)}"
        f" THEN ({worth}) / {question.total} * (1.0 - ({_BUSY})) END FROM judged p"
    )


def _wish(number: int, column: str) -> str:
    if column == "language":
        return f"EXISTS (SELECT 1 FROM language JOIN wish USING (word) WHERE number = {number} AND person = p.number)"
    return f"SELECT ifnull(max(worth), 0.0) FROM wish w WHERE w.number = {number} AND w.word = p.{column}"


def _gates(question: Coded) -> list[str]:
    """The conditions in the order of `GATES`."""
    needs = [n for n, need in enumerate(question.needs) if need.essential]
    least = f"min({', '.join(f'ifnull(m{n}, 0)' for n in needs)}, {VALID})" if needs else str(VALID)
    closest = f"max({', '.join(f'ifnull(c{n}, 0.0)' for n in range(len(question.needs)))}, 0.0)"
    addresses, own = question.addresses, question.own_organisations
    return [
        "NOT active",
        f"paused_until > {_TODAY}",
        f"since > {_TODAY} OR until < {_TODAY}",
        f"NOT ({_among('programme', [question.programme])})",
        f"name IN {_list(question.names)} OR {_among('address', addresses)}",
        f"organisation IN {_list(question.excluded_organisations)}"
        f" OR specialty IN {_list(question.excluded_specialties)}"
        f" OR name IN {_list(question.excluded_names)} OR {_among('address', question.excluded_addresses)}",
        _among("relation", addresses, f" AND start <= {_TODAY} AND {_TODAY} <= until"),
        f"shuns_organisation AND organisation IN {_list(own)}"
        f" OR shuns_specialty AND specialty = {question.specialty}"
        f" OR {_among('away_organisation', own)} OR {_among('away_specialty', [question.specialty])}"
        f" OR {_among('away_topic', question.topics)}",
        f"{_among('asked', [question.reference])} OR {_among('barred', addresses)}",
        "in_hand >= capacity",
        f"{least} = 0",
        f"{least} = 1",
        f"{least} = 2",
        f"{closest} = 0.0",
    ]


def _among(table: str, words: list[int], more: str = "") -> str:
    return f"p.number IN (SELECT person FROM {table} WHERE word IN {_list(words)}{more})"


def _list(numbers: list[int]) -> str:
    return f"({', '.join(map(str, numbers))})"
