"""What is held of the letters that came beside the first one, and of the files that came with letters."""

from peermatch.model.access import Section
from peermatch.model.mail import Mail, MailFile, MailState
from peermatch.model.rights import Subject, SubjectKind
from peermatch.services.access_parts import Fields, Words, each, joined, told
from peermatch.store import enquiries, mailbag, supporters
from peermatch.store.transaction import Transaction


def later_letters(tx: Transaction, words: Words, subject: Subject) -> tuple[Section, ...]:
    """Every letter and file that stands under somebody; nothing where there is none."""
    if subject.kind is SubjectKind.ENQUIRER:
        letters = mailbag.about(tx, enquiry=subject.id)
        files = mailbag.files(tx, enquiry=subject.id)
        addresses = enquiries.get(tx, subject.id).requester.addresses
    else:
        letters, files = mailbag.about(tx, supporter=subject.id), ()
        addresses = supporters.get(tx, subject.id).addresses
    letters = _with_those_from(tx, letters, addresses)
    files = (*files, *(file for mail in letters for file in mailbag.files(tx, mail=mail.number)))
    found = joined(
        (
            *(_letter(n, mail, words) for n, mail in enumerate(letters)),
            *(_file(n, file) for n, file in enumerate(dict.fromkeys(files))),
        )
    )
    return (Section("Letters that came later, and files", found),) if found else ()


def _with_those_from(
    tx: Transaction, letters: tuple[Mail, ...], addresses: frozenset[str]
) -> tuple[Mail, ...]:
    """Letters that nobody has placed are theirs too, where they say that they come from an address of theirs."""
    known = {mail.number for mail in letters}
    lying = mailbag.every(tx, MailState.WAITING, MailState.ASIDE, MailState.DONE)
    others = (mail for mail in lying if mail.from_any_of(addresses) and mail.number not in known)
    return tuple(sorted((*letters, *others), key=lambda mail: mail.number))


def _letter(number: int, mail: Mail, words: Words) -> Fields:
    key, name = f"mail[{number}]", f"Letter {number + 1}"
    return joined(
        (
            told(f"{key}.came", f"{name}: it came", mail.came),
            told(f"{key}.kind", f"{name}: what it is", mail.kind.value),
            told(f"{key}.state", f"{name}: what became of it", mail.state.value),
            told(f"{key}.sender_name", f"{name}: from", mail.sender_name, about_others=True),
            told(f"{key}.sender", f"{name}: from the address", mail.sender, about_others=True),
            told(f"{key}.subject", f"{name}: subject", words.without_ids(mail.subject), about_others=True),
            told(f"{key}.body", f"{name}: its words", words.without_ids(mail.body), about_others=True),
            told(f"{key}.why", f"{name}: why it was set aside or waited", mail.why),
            told(f"{key}.says", f"{name}: it seemed to say", mail.answer.says.value if mail.answer else None),
            told(
                f"{key}.words",
                f"{name}: because of the words",
                words.without_ids(mail.answer.words) if mail.answer else None,
                about_others=True,
            ),
            each(f"{key}.failed", f"{name}: could not reach", mail.failed, about_others=True),
            told(f"{key}.risk", f"{name}: we looked whether somebody was safe", mail.risk or None),
        )
    )


def _file(number: int, file: MailFile) -> Fields:
    key, name = f"files[{number}]", f"File {number + 1}"
    return joined(
        (
            told(f"{key}.name", f"{name}: its name", file.name, about_others=True),
            told(f"{key}.size", f"{name}: its size in bytes", file.size),
            told(f"{key}.kept", f"{name}: kept", file.kept),
        )
    )
