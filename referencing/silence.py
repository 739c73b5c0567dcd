"""The day when silence becomes a decision (CRPA, art. L. 231-1, L. 231-4 and L. 114-5). Pure.

Which of acceptance or refusal it means, and after how many months, are settings (docs/procedure.md): the regime of this
procedure is not known for sure.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from referencing.calendar import add_months


def silence_speaks_on(filed_on: date, months: int, suspensions: Iterable[tuple[date, date]] = ()) -> date:
    """Return the day on which an unanswered request is deemed decided.

    `suspensions` are the periods during which the éditeur was awaited: the days between each request and its answer
    are added.
    """
    waited = sum((answered - asked).days for asked, answered in suspensions)
    return add_months(filed_on, months) + timedelta(days=waited)
