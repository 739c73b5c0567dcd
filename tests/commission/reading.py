"""Addresses of the commission, and a page as a person reads it."""

import html

from django.http import HttpResponse

from commission.models import AgendaItem, Member, Seance


def address(seance: Seance, *rest: object) -> str:
    return "/".join(["/seances", seance.number, *[str(part) for part in rest], ""])


def of_item(item: AgendaItem, *rest: object) -> str:
    return address(item.seance, "points", item.order, *rest)


def text_of(response: HttpResponse) -> str:
    """The page as read: entities and spaces undone."""
    return " ".join(html.unescape(response.content.decode()).split())


def roll_form(nine: list[Member], row: str) -> dict[str, str]:
    """Return the roll call as its page sends it, from a row such as "P P D M1 E"."""
    modes = {"P": "present", "D": "remote", "E": "excused", "A": "absent"}
    form = {}
    for member, code in zip(nine, row.split(), strict=True):
        form[f"m{member.pk}-mode"] = "represented" if code[0] == "M" else modes[code]
        form[f"m{member.pk}-holder"] = str(nine[int(code[1:]) - 1].pk) if code[0] == "M" else ""
    return form
