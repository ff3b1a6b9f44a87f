"""What letters ask of the coordinator today: answers to confirm, letters that did not arrive, letters to place."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from peermatch.model.introduction import Introduction, State
from peermatch.model.mail import Mail
from peermatch.services.mailbag import Bag, Correspondence, Mailbag
from peermatch.services.snapshot import Snapshot
from peermatch.services.today_jobs import Job, Matter

_ANSWERED = frozenset({Matter.REMIND, Matter.NO_ANSWER, Matter.YES, Matter.SILENT})
"""What needs no line of its own where the answer is here already."""


def with_mail(jobs: Sequence[Job], mailbag: Mailbag, picture: Snapshot, on: date) -> tuple[Job, ...]:
    """The other lines, and those of letters; an answer stands in the place of waiting for it."""
    answers = tuple(_answers(mailbag.replies(), picture))
    pairs = {(each.enquiry, each.supporter) for each in answers}
    kept = (job for job in jobs if job.matter not in _ANSWERED or (job.enquiry, job.supporter) not in pairs)
    return (*kept, *answers, *_of_bag(mailbag.bag(), on))


def _answers(replies: Iterable[Mail], picture: Snapshot) -> Iterator[Job]:
    """One line for each introduction of which a letter seems to say what is noted next."""
    by_enquiry: dict[str, list[Mail]] = {}
    for mail in replies:
        by_enquiry.setdefault(mail.enquiry or "", []).append(mail)
    for reference, letters in by_enquiry.items():
        for step in _open_steps(picture, reference):
            found = Correspondence(tuple(letters)).answer_to(step)
            if found is not None and found.answer is not None:
                says = found.answer.says.value
                yield Job(Matter.ANSWER, found.came, found.came, reference, step.supporter, next=says)


def _open_steps(picture: Snapshot, reference: str) -> Iterator[Introduction]:
    return (
        each for each in picture.introductions_of(reference) if each.state in (State.ASKED, State.ACCEPTED)
    )


def _of_bag(bag: Bag, on: date) -> Iterator[Job]:
    """Danger that nobody has read comes before all else; what was set aside by itself asks for nothing."""
    risky = [each for each in (*bag.waiting, *bag.aside) if each.risk]
    calm = [each for each in bag.waiting if not each.risk]
    for matter, found in ((Matter.MAIL_RISK, risky), (Matter.LETTERS, calm)):
        if found:
            first = min(each.came for each in found)
            yield Job(matter, first, first, count=len(found))
    for mail in bag.returned:
        yield Job(Matter.RETURNED, mail.came, on, mail.enquiry or "", mail.supporter or "", next=mail.id)
