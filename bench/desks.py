"""People seated at their answers, each with a session and a page open, who save again and again."""

import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import count
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.core.wsgi import get_wsgi_application
from django.test import Client, RequestFactory

from accounts.models import User
from accounts.services import create_organisation, join
from bench import fulltrack
from bench.watchers import SIMPLIFIED
from questionnaires import sheets
from questionnaires.models import Answer, Version
from questionnaires.sheets import Item
from referencing.models import Candidature
from tests import play
from tests.questionnaires.network import Page

__all__ = ["SIMPLIFIED", "Desk", "seated"]
NUMBERS = count(1)


@dataclass
class Desk:
    """One person on one answer. `environ` and `smallest` are the requests of the two views, without their bodies."""

    answer: Answer
    user: User
    environ: dict[str, Any]
    smallest: dict[str, Any]
    edition: int

    def save(self, *, smallest: bool) -> None:
        """Send another text, as long as the one before, through the whole handler."""
        comment = f"{fulltrack.COMMENT} {next(NUMBERS)}"
        body = {"value": "met", "comment": comment, "edition": self.edition, "base": fulltrack.COMMENT}
        told = _call(self.smallest if smallest else self.environ, {**body, "operation": uuid4(), "unconfirmed": ""})
        self.edition = told["edition"] or self.edition

    def pages(self) -> list[Page]:
        """Pages on answers that nobody has read yet, two of them on the same one."""
        sheet = sheets.open_sheet(self.answer.sheet.version)
        sheet = sheets.answer_orientation(sheet, self.answer.sheet.given, self.user)
        one, two, three = [item.criterion for item in sheets.overview(sheet).items if item.may_change][:3]
        other = User.objects.exclude(pk=self.user.pk).first()
        assert other is not None
        return [Page(sheet, one, self.user), Page(sheet, one, other), Page(sheet, two, self.user), Page(sheet, three, self.user)]  # fmt: skip


def seated(version: Version, people: int, team: int) -> list[Desk]:
    """Seat people in teams of `team`, one candidature for each team, one criterion for each person."""
    desks = []
    for _ in range(people // team):
        siren = f"{next(NUMBERS):09d}"
        organisation = create_organisation(f"Éditeur {siren}", siren, address="")
        users = [User.objects.create_user(f"d{siren}-{rank}@bureau.example", full_name=f"Personne {rank}") for rank in range(team)]  # fmt: skip
        for user in users:
            join(user, organisation, profiles=[], mandated=True)
        candidature = play.draft(users[0], version, facts=fulltrack.facts_for(version), name=f"Service {siren}")
        items = [item for item in sheets.overview(candidature.sheet).items if item.may_change]
        desks += [_desk(candidature, user, item) for user, item in zip(users, items, strict=False)]
    return desks


def _desk(candidature: Candidature, user: User, item: Item) -> Desk:
    answer = sheets.save_answer(
        candidature.sheet, item.criterion, value="met", comment=fulltrack.COMMENT, edition=0, user=user
    )
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(user)
    address = f"/candidatures/{candidature.reference}/criteres/{item.code}/enregistrer/"
    token = client.get(address).json()["token"]
    cookies = "; ".join(f"{key}={morsel.value}" for key, morsel in client.cookies.items())
    factory = RequestFactory(SERVER_NAME="127.0.0.1", HTTP_COOKIE=cookies, HTTP_X_CSRFTOKEN=token)
    environ, smallest = (factory.post(path).environ for path in (address, f"/moindre/{answer.pk}/"))
    return Desk(answer, user, environ, smallest, answer.edition)


@cache
def _handler() -> Callable[..., Any]:
    return get_wsgi_application()


def _call(environ: dict[str, Any], body: dict[str, object]) -> dict[str, Any]:
    """Send one form without the test client, whose own work would be measured too."""
    sent, status = urlencode(body).encode(), []
    form = {"CONTENT_TYPE": "application/x-www-form-urlencoded", "CONTENT_LENGTH": str(len(sent))}
    whole = {**environ, **form, "wsgi.input": io.BytesIO(sent)}
    response = _handler()(whole, lambda line, headers: status.append(line))
    content = b"".join(response)
    response.close()
    if status != ["200 OK"]:
        raise RuntimeError(f"{status[0]}: {content[:300]!r}")
    return dict(json.loads(content))
