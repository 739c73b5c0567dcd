"""Which answers of a sheet count, written down: lists count in SQL what a page reads in the overview."""

from django.db.models import Exists, OuterRef, Q

from questionnaires.models import Answer, EvidenceUse, Sheet
from questionnaires.sheets.overview import overview


def settle(sheet: Sheet) -> None:
    """Bring `Answer.standing` in step with what is asked, after anything but the orientation changed it.

    What is no longer asked is set aside; what comes back and says something waits to be read again. The caller holds
    the lock of the sheet.
    """
    asked = [item.criterion.pk for item in overview(sheet).items if item.verdict.applies]
    rows = Answer.objects.filter(sheet=sheet)
    rows.exclude(criterion__in=asked).update(standing=Answer.Standing.ASIDE)
    back = rows.filter(criterion__in=asked, standing=Answer.Standing.ASIDE)
    proven = Exists(EvidenceUse.objects.filter(answer=OuterRef("pk")))
    back.filter(~Q(value="") | ~Q(comment="") | proven).update(standing=Answer.Standing.BACK)
    back.update(standing=Answer.Standing.CURRENT)
