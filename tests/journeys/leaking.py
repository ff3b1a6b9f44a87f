"""A process of its own that works on a network full of marked words, in the window, and says what others could see.

It is started by `test_nothing_leaks`: ``python -m tests.journeys.leaking FOLDER``. It shows every screen,
locks, and writes to standard output what a task bar or a list of windows would show of it.
"""

import json
import logging
import os
import sys
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from peermatch.app import report_fault
from peermatch.logs import start_logging
from peermatch.model.consent import Wording
from peermatch.model.enquiry import Enquiry, Exclusions, Requester, Risk, RiskKind
from peermatch.model.introduction import Introduction, State
from peermatch.model.network import Network
from peermatch.model.onboarding import Stage as OnTheWay
from peermatch.model.people import Relation, Supporter
from peermatch.services.evidence import Attachment
from peermatch.services.office import Doors, Services
from peermatch.services.shipped import load_shipped
from peermatch.services.step_letters import Case
from peermatch.store.kdf import LEAST
from peermatch.ui.palette import PAUSE_MS, Palette
from peermatch.ui.screens.register import SCREENS
from peermatch.ui.stage import Stage
from tests.networks import AMINA, DAY, ENQUIRY, NETWORK, PASSPHRASE, TOM, clock

MARK = "zqxmarker"
ADDRESS = f"{MARK}@example.org"


def supporter() -> Supporter:
    """A supporter whose every free text holds the mark."""
    consents = tuple(replace(each, recorded_by=MARK, evidence=MARK) for each in AMINA.consents)
    relation = Relation(ADDRESS, "trainer", DAY, None)
    texts = {name: f"{MARK} {name}" for name in ("name", "known_as", "pronouns", "phone", "place", "notes")}
    return replace(
        AMINA,
        email=ADDRESS,
        other_emails=(f"two.{ADDRESS}",),
        consents=consents,
        relations=(relation,),
        **texts,  # type: ignore[arg-type]  # all are text
    )


def enquiry() -> Enquiry:
    """An enquiry of which the same is true; it waits for a person to look at its danger."""
    return replace(
        ENQUIRY,
        requester=Requester(
            f"{MARK} name", f"r.{ADDRESS}", (f"s.{ADDRESS}",), f"{MARK} call", f"{MARK} safe"
        ),
        letter=f"Dear network, {MARK} letter. I was diagnosed with ADHD.",
        place=f"{MARK} place",
        exclusions=Exclusions(people=(f"{MARK} person",)),
        risk=(Risk(RiskKind.UNCLEAR_DISCLOSURE, (f"{MARK} words",)),),
    )


def network() -> Network:
    """One of each, and an introduction between them."""
    held = enquiry()
    calm = replace(held, reference="E-0143", risk_done=f"{MARK} done")
    done = Introduction("E-0143", "S-0001", State.ENDED, DAY, DAY, DAY, DAY, f"{MARK} outcome")
    return replace(
        NETWORK,
        name="Our network",
        wordings=(Wording("2026-1", f"{MARK} wording", "en"),),
        supporters=(supporter(), TOM),
        enquiries=(held, calm),
        introductions=(done,),
    )


def fail() -> None:
    """A fault of the program with the marked words at hand, reported as the program reports it."""
    try:
        raise ValueError(f"{MARK} {ADDRESS}")
    except ValueError as error:
        report_fault(type(error), error, error.__traceback__)
        start_logging().error("after %s", ADDRESS)


def ask_again(services: Services) -> None:
    """A campaign whose letter was sent, and a file that proves consent, with the mark in both."""
    services.campaigns.begin(
        DAY, until=DAY.replace(year=2027), answer_by=DAY.replace(month=12), wording="2026-1"
    )
    services.campaigns.mark_sent("S-0001", DAY)
    services.figures.directory.keep_entry("S-0001", f"{MARK} name", f"{MARK} words", DAY)
    services.letter_texts.keep("closing", "Your message ({reference})", f"{MARK} closing", DAY)
    services.evidence.attach("S-0001", Attachment(f"{MARK}.txt", MARK.encode() * 1_000), DAY)


def take_in(services: Services) -> None:
    """A volunteer on the way in, a characteristic and an organisation of the network's own, with the mark in each."""
    person = replace(TOM, id="", name=f"{MARK} volunteer", email=f"v.{ADDRESS}", consents=())
    (id,) = services.onboarding.receive(person, DAY).touched.supporters
    services.onboarding.note(id, OnTheWay.TALK, DAY, f"{MARK} lead", DAY)
    services.letter_texts.by_hand.note("applied", Case(supporter=id, day=DAY), DAY)
    own = services.own
    own.terms.add(own.terms.draft(f"{MARK} term", "neuro"), DAY)
    place = own.organisations.organisation(f"{MARK} trust", "acute", "greater-manchester", f"{MARK} town")
    own.organisations.add(place, DAY)


def seen() -> list[str]:
    """What the system is told of the windows: their titles, and the names under which they are listed."""
    windows = QApplication.topLevelWidgets()
    texts = [
        text for each in windows for text in (each.windowTitle(), each.windowIconText(), each.windowRole())
    ]
    texts += [each.windowFilePath() for each in windows]
    return [*texts, QApplication.applicationDisplayName(), QApplication.applicationName()]


def searched(stage: Stage) -> list[str]:
    """What is seen while somebody looks for the mark, walks through what is found and opens it."""
    titles = []
    for _ in range(2):
        QTest.keyClick(stage.window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
        palette = stage.window.findChildren(Palette)[0]
        QTest.keyClicks(palette.line, MARK)
        QTest.qWait(2 * PAUSE_MS)
        if not any(MARK in row.summary for row in palette.shown()):
            raise LookupError("the letters and notes that hold the mark were not found")
        QTest.keyClick(palette.line, Qt.Key.Key_Down)
        titles += seen()
        QTest.keyClick(palette.line, Qt.Key.Key_Return)
        titles += seen()
    return titles


def work(place: Path) -> dict[str, list[str]]:
    """Look at everything, let a fault happen, lock."""
    doors = Doors(load_shipped(), clock, LEAST)
    services = doors.create(place, network(), PASSPHRASE, with_recovery=False).services
    ask_again(services)
    take_in(services)
    stage = Stage(services, DAY, (1440, 900))
    titles = []
    for screen, _ in SCREENS:
        stage.show(screen.key, "E-0143", "S-0001")
        titles += seen()
    services.introductions.ask("E-0143", TOM.id, DAY)
    stage.show("introductions", "E-0143", TOM.id)
    titles += searched(stage)
    fail()
    titles += seen()
    stage.close()
    arguments = Path(f"/proc/{os.getpid()}/cmdline")
    shown = arguments.read_text("utf-8") if arguments.exists() else ""
    services.close()
    logging.shutdown()
    return {"titles": sorted(set(titles)), "arguments": [shown]}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(work(Path(sys.argv[1]))))
