"""An example or two of each command, as a person would type it; the tests read each as the program does."""

EXAMPLES: dict[str, tuple[tuple[str, str], ...]] = {
    "demo": (
        ("demo", "look around among invented people"),
        ("demo --headless --out demo", "print each step of the main job, and leave the cards and pictures"),
    ),
    "create": (
        (
            'create --network north-west.peermatch --controller "The Example Trust" --recovery-to key.txt',
            "a new network with a recovery key",
        ),
    ),
    "load": (
        ("load portable.json --network north-west.peermatch --recovery-to key.txt", "all of it, or nothing"),
    ),
    "export": (("export portable.json --yes", "everything in the clear, without a question"),),
    "table": (("table supporters.xlsx", "what a lead needs, only what was agreed to"),),
    "backup": (("backup network-drive/north-west.pmbackup", "one encrypted file, opened again and checked"),),
    "restore": (
        ("restore north-west.pmbackup", "in the place of the network, after a yes"),
        ("restore north-west.pmbackup --network second.peermatch", "as a new network beside it"),
    ),
    "controller": (('controller "The Example Trust"', "from now on consent can be recorded"),),
    "info": (("info --json", "the counts, for another program"),),
    "check": (("check && echo whole", "exit code 0 where nothing is damaged, 5 where something is"),),
    "import enquiries": (
        ("import enquiries letters/", "every letter of a folder, each once"),
        (
            "import enquiries monday.eml tuesday.msg inbox.mbox",
            "all of them, or none where one is unreadable",
        ),
    ),
    "import supporters": (
        ("import supporters answers.xlsx --dry-run", "row by row what would be done"),
        (
            "import supporters answers.xlsx --dry-run --json > form.json",
            "how the form is read, to be changed",
        ),
        ("import supporters answers.xlsx --mapping form.json", "take the answers in"),
    ),
    "suggest": (("suggest letter.eml --json", "topics, signs of danger, whom to keep away from"),),
    "needs": (
        ("needs E-0142 --essential neuro.adhd --helpful training.ltft", "what the trainee asks for"),
        ("needs E-0142 --essential neuro.adhd", "this alone: what is not named is needed no longer"),
    ),
    "risk": (('risk E-0142 --done "rang, safe, told the lead"', "the list of people opens after that"),),
    "match": (
        ("match E-0142 --top 5", "the five who fit best, each with the reasons"),
        ("match --all --top 1 --json", "the first for everybody who waits"),
    ),
    "plan": (("plan", "one supporter for each who waits, as many as can be served"),),
    "ask": (
        ("ask E-0142 S-0001", "every rule is checked again"),
        ('ask E-0142 S-0007 --reason "knows the same course"', "not the first of the list, and why"),
    ),
    "accept": (("accept E-0142 S-0001", "then offer them to the trainee, without names"),),
    "decline": (("decline E-0142 S-0001", "a no needs no reason"),),
    "lapse": (("lapse E-0142 S-0001", "after five working days without an answer"),),
    "enquirer-agrees": (("enquirer-agrees E-0142 S-0001", "the card may be handed over now"),),
    "enquirer-refuses": (("enquirer-refuses E-0142 S-0001", "and somebody else can be asked"),),
    "end": (("end E-0142 S-0001", "the supporter has room again"),),
    "stop": (("stop E-0142 S-0001", "at any point, by anybody's wish"),),
    "card": (
        ("card E-0142 S-0001 --to cards", "a letter to send and a contact card"),
        (
            "card E-0142 S-0001 --to cards --format eml,pdf --pdf-passphrase-file words.txt",
            "with a page that is locked",
        ),
        (
            "card E-0142 S-0001 --to cards --format eml,vcf,ics --at 2026-12-01T18:30",
            "with a time to talk",
        ),
    ),
    "decision": (("decision E-0142", "how each choice was made, and what today would change"),),
    "watch": (
        ("watch E-0142", "tell me when somebody fits"),
        ("watch E-0142 --stop", "no longer"),
    ),
    "report": (
        ("report", "the last twelve whole months, as text"),
        ("report --from 2026-01-01 --to 2026-06-30 --format pdf,xlsx --out reports", "as files"),
    ),
    "directory": (
        ("directory page", "with the names of those who agreed to be listed"),
        ("directory public --without-names", "the page for everybody"),
    ),
    "consent list": (("consent list S-0001", "what was agreed to, and what of it counts today"),),
    "consent due": (("consent due --on 2026-12-31", "as it will stand on that day"),),
    "consent give": (
        ("consent give S-0001 hold --wording 2026-1 --method form", "a yes to being on record"),
        (
            "consent give S-0001 match neuro.adhd --wording 2026-1 --method email --expires 2027-11-20",
            "a yes to being found by one topic, for a year",
        ),
    ),
    "consent withdraw": (
        ("consent withdraw S-0001 match neuro.adhd", "one line; what follows is listed"),
        ("consent withdraw S-0001 --everything", "all of it in one act"),
    ),
    "keys list": (("keys list", "and whether a recovery key is among them"),),
    "keys add": (
        ('keys add --name "Sam Okafor" --role lead', "asks for the new passphrase twice"),
        ("keys add --recovery-to key.txt", "a recovery key; one made before opens nothing any more"),
    ),
    "keys change": (("keys change --new-passphrase-file new.txt", "the passphrase that is used now"),),
    "keys remove": (("keys remove 2", "whoever held it is locked out"),),
    "keys remember": (("keys remember", "this computer opens the network by itself"),),
    "keys forget": (("keys forget", "it asks for the passphrase again"),),
    "keys computers": (("keys computers forbid", "no computer may remember the network"),),
    "keys rotate": (("keys rotate", "when somebody may have copied the file"),),
    "subject-access": (
        ("subject-access supporter S-0001", "see what is held"),
        ("subject-access enquirer E-0142 --to answers", "a page and JSON, for them"),
    ),
    "requests list": (("requests list --on 2026-12-31", "how long each still has on that day"),),
    "requests open": (
        (
            'requests open access --summary "wants to see everything" --about supporter S-0001',
            "the month is counted from today",
        ),
    ),
    "requests acknowledge": (("requests acknowledge R-0001", "a complaint is to be acknowledged"),),
    "requests extend": (('requests extend R-0001 --why "three hundred letters"', "they were told why"),),
    "requests pause": (('requests pause R-0001 --for "proof of who they are"', "the clock stands"),),
    "requests resume": (("requests resume R-0001", "it goes on"),),
    "requests close": (('requests close R-0001 --outcome "answered by post"', "and what became of it"),),
    "incident list": (("incident list", "each with what is left of its 72 hours"),),
    "incident open": (
        (
            'incident open --what "card sent to a wrong address" --supporters S-0001 --enquirers E-0142',
            "noticed now",
        ),
    ),
    "incident told": (('incident told I-0001 --whom "Amina, by telephone"', "who knows"),),
    "incident reported": (
        ("incident reported I-0001 --reference IC-12345", "told to the regulator"),
        ('incident reported I-0001 --not-needed "deleted unread"', "or why not"),
    ),
    "incident close": (('incident close I-0001 --outcome "the address was put right"', "all is done"),),
    "erase supporter": (("erase supporter S-0001", "says what follows, and asks"),),
    "erase enquirer": (("erase enquirer E-0142", "the person, their letter and their files"),),
    "retention": (
        ("retention", "what is due, and nothing is erased"),
        ("retention --apply", "erase it after a yes"),
        ('retention --keep-back E-0142 --reason "a complaint is open"', "not this one"),
    ),
    "guide": (
        ("guide peermatch-guide.pdf", "every page of the help, in order"),
        ("guide dpia.pdf --document dpia", "one of the documents"),
    ),
    "completion": (
        ('eval "$(peermatch completion bash)"', "in .bashrc: the Tab key knows the commands"),
        ("completion powershell > peermatch.ps1", "to be named in your profile"),
    ),
    "man": (("man > peermatch.1", "then: man ./peermatch.1"),),
}
PROGRAM = "peermatch"


def lines(command: str) -> tuple[tuple[str, str], ...]:
    """The whole lines of a command's examples, each with what it is for."""
    return tuple((typed(line), what) for line, what in EXAMPLES.get(command, ()))


def typed(line: str) -> str:
    """An example as it stands on a terminal; one that begins otherwise is left as it is."""
    return line if line.startswith("eval ") else f"{PROGRAM} {line}"


def told(command: str) -> str:
    """The examples as they stand below a command's help."""
    found = lines(command)
    if not found:
        return ""
    each = "\n".join(f"  {line}\n      {what}" for line, what in found)
    return f"{'examples' if len(found) > 1 else 'example'}:\n{each}"
