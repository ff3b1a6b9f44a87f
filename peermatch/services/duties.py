"""How much of data protection and consent waits for somebody: for the navigation, before anybody looks."""

from peermatch.services.office import Services
from peermatch.store import erased_letters


def consents_due(services: Services) -> int:
    """How many people must be asked for consent again."""
    return services.campaigns.count(services.desk.today)


def waiting(services: Services) -> int:
    """Records that are due and not kept back, letters to send, open requests, and incidents not dealt with."""
    today = services.desk.today
    due = services.retention.waiting(today)
    asked = [request for request in services.requests.every(today) if not request.closed]
    wrong = [incident for incident in services.incidents.every() if not incident.closed]
    with services.desk.store.read() as tx:
        letters = erased_letters.every(tx)
    return due.count - due.letters + len(letters) + len(asked) + len(wrong)
