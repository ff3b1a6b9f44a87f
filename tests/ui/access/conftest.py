"""One window for a whole module: on an empty network, on the sample, and there dark with letters twice as large."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from peermatch.services.office import Services
from peermatch.services.shipped import shipped_resources
from peermatch.ui.theme import Scheme, apply_theme
from tests.networks import NETWORK, PASSPHRASE
from tests.ui.access.round import Round, round_on
from tests.ui.real_networks import doors
from tests.ui.sample_office import sample

EMPTY, SAMPLE, LARGE = "nobody yet", "sample", "sample, dark, at 200 per cent"


@pytest.fixture(scope="module", params=[EMPTY, SAMPLE, LARGE])
def window(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, qapp: QApplication
) -> Iterator[Round]:
    """The window on one of them."""
    place = tmp_path_factory.mktemp("access")
    look = (Scheme.DARK, 200) if request.param == LARGE else (Scheme.LIGHT, 100)
    theme = apply_theme(qapp, shipped_resources(), *look)
    # The theme before goes at once, with its ring: else both would draw theirs.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    services: Services
    if request.param == EMPTY:
        nobody = replace(NETWORK, supporters=(), enquiries=(), introductions=())
        services = doors().create(place / "n.peermatch", nobody, PASSPHRASE, with_recovery=False).services
    else:
        services = sample(place)
    with round_on(services, theme) as made:
        made.walks, made.turns = request.param != EMPTY, request.param != LARGE
        yield made
