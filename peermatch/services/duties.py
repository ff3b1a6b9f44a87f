"""How much of data protection waits for somebody: for the navigation, before anybody looks."""

from peermatch.services.office import Services


def waiting(services: Services) -> int:
    """Records that are due and not kept back, open requests, and incidents that are not dealt with."""
    today = services.desk.today
    due = services.retention.review(today)
    kept = {each.subject for each in due if each.kept_back is not None}
    asked = [request for request in services.requests.every(today) if not request.closed]
    wrong = [incident for incident in services.incidents.every() if not incident.closed]
    return len({each.subject for each in due} - kept) + len(asked) + len(wrong)
