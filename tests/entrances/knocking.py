"""Knocking at the doors of a scene as every person, and noting what opens."""

import html
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.http import HttpResponseBase
from django.test import Client

from accounts.models import User
from questionnaires.models import Version
from tests.entrances.resolver import address
from tests.entrances.scenes import NAMES, SCENES, addresses, gather

WRITING = re.compile(r"\s*(INSERT|UPDATE|DELETE|TRUNCATE|REPLACE)\b(?!.*django_session)", re.IGNORECASE)
# A form of ours is never quite empty.
BLANK = {"csrfmiddlewaretoken": "jeton"}


@dataclass
class Visit:
    """What was found: status by address and person, statements that wrote, what is wrong with the pages."""

    statuses: dict[str, list[int]] = field(default_factory=dict)
    writes: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    titles: dict[str, dict[str, str]] = field(default_factory=dict)


class House:
    """One scene, with everybody at its door."""

    def __init__(self, scene: str, version: Version) -> None:
        self.people, members = gather()
        self.values = addresses(SCENES[scene](self.people, members, version), self.people)
        self.clients = {name: _client(self.people.by_name[name]) for name in NAMES}

    def read(self, names: list[str]) -> Visit:
        """Ask for each address as everybody, and again for each page that opens."""
        visit = Visit()
        with noting_writes(visit.writes):
            for name in names:
                answers = {who: self._get(client, name) for who, client in self.clients.items()}
                visit.statuses[name] = [answer.status_code for answer in answers.values()]
                for who, answer in answers.items():
                    if answer.status_code == 200 and not answer.streaming:
                        assert self._get(self.clients[who], name).status_code == 200
                        if answer.headers["Content-Type"].startswith("text/html"):
                            _look(visit, name, who, answer.content.decode())
        return visit

    def send(self, names: list[str]) -> dict[str, list[int]]:
        """Send a blank form to each address as everybody; whatever it changes is undone."""
        return {name: [self._post(client, name) for client in self.clients.values()] for name in names}

    def _get(self, client: Client, name: str) -> Any:
        response: HttpResponseBase = client.get(address(name, self.values))
        if response.streaming:
            response.getvalue()  # type: ignore[attr-defined]  # a proof is sent from a file that stays open until read
        return response

    def _post(self, client: Client, name: str) -> int:
        cookies = {key: morsel.value for key, morsel in client.cookies.items()}
        with transaction.atomic():
            status = client.post(address(name, self.values), BLANK).status_code
            transaction.set_rollback(True)
        client.cookies = SimpleCookie(cookies)
        return status


def contents() -> dict[str, int]:
    """Return how many rows each table holds, sessions aside, and the last number of the journal."""
    models = [model for model in apps.get_models() if model._meta.label != "sessions.Session"]
    rows = {model._meta.label: model._default_manager.count() for model in models}
    last = apps.get_model("journal", "Head").objects.values_list("seq", flat=True).first()
    return rows | {"last event": last or 0}


@contextmanager
def noting_writes(writes: list[str]) -> Iterator[None]:
    """Note every statement that writes; a session may keep the token of a form."""

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if WRITING.match(sql):
            writes.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield


def _client(user: User | None) -> Client:
    client = Client()
    if user:
        client.force_login(user)
    return client


def _look(visit: Visit, name: str, who: str, page: str) -> None:
    """One h1, in French, and a title that no other page of this person has."""
    if page.count("<h1") != 1:
        visit.faults.append(f"{name}, {who}: {page.count('<h1')} h1")
    if '<html lang="fr"' not in page:
        visit.faults.append(f"{name}, {who}: not said to be in French")
    found = re.search(r"<title>(.*?)</title>", page, re.DOTALL)
    title = html.unescape(found[1]).strip() if found else ""
    other = visit.titles.setdefault(who, {}).setdefault(title, name)
    if not title or other != name:
        visit.faults.append(f"{name}, {who}: the title « {title} » is also that of {other}")
