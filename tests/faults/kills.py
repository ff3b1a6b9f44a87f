"""Kill -9: before chosen calls of the system, and at moments that chance picks, in every command of a day."""

from random import Random

from tests.faults.day import Stage, Step
from tests.faults.fault import killed
from tests.faults.figures import Figures
from tests.faults.program import NO_COMPILER, Ask
from tests.faults.scene import spread

LONGEST_S = 0.6
AT_ONCE = 3


def at_calls(stage: Stage, steps: list[Step], most: int) -> Figures:
    """Before each of some calls, in each command."""
    figures = Figures("killed before a call of the system")
    if stage.program.preloaded is None:
        figures.remark = NO_COMPILER
        return figures
    for step in steps:
        for point in spread(step.calls, most):
            stage.put_back(step.scene)
            ended = stage.program.run(Ask([step.words], killed(point), stage.watched))
            where = f"{step.name}, call {point} of {step.calls}"
            plain = stage.readable()
            look = stage.looked()
            figures.after_a_fault(where, look, step.before, step.after, confirmed=ended.codes == (0,))
            figures.readable(where, plain + stage.readable())
            if not ended.killed and point < step.calls:
                figures.count("unclear", f"{where}: it came to its end")
    return figures


def at_random(stage: Stage, steps: list[Step], number: int) -> Figures:
    """At moments that chance picks, with several commands in a row: what was confirmed is there, and no half."""
    figures, chance = Figures("killed at a random moment"), Random(2026)
    for _ in range(number):
        first = chance.randrange(len(steps))
        some = steps[first : first + AT_ONCE]
        stage.put_back(some[0].scene)
        moment = chance.uniform(0, LONGEST_S)
        ended = stage.program.run(Ask([step.words for step in some], kill_after=moment))
        confirmed = sum(code == 0 for code in ended.codes)
        states = [some[0].before, *(step.after for step in some)]
        where = f"{some[0].name} after {moment:.3f} s, {confirmed} confirmed"
        plain = stage.readable()
        pair = states[confirmed : confirmed + 2]
        figures.after_a_fault(where, stage.looked(), pair[0], pair[-1], confirmed=False)
        figures.readable(where, plain + stage.readable())
    return figures
