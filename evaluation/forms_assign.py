"""The form that shares out a file: one choice a domain, or a criterion where support asks for that detail."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField

from evaluation.balancing import Colleague, Part, Table, seats_of
from evaluation.distribution import Scope, scopes
from evaluation.forms import LongText
from evaluation.grid import Line
from evaluation.proposal import Proposal

NOBODY = "Personne en propre"
AS_DOMAIN = "Comme le domaine"
RANKS = ("Expert", "Second expert", "Troisième expert")


@dataclass(frozen=True)
class LineRow:
    """The choices for one criterion."""

    line: Line
    fields: list[BoundField]


@dataclass(frozen=True)
class PartRow:
    """The choices for one domain; `lines` is empty while the detail is not asked for."""

    part: Part
    fields: list[BoundField]
    lines: list[LineRow]

    @property
    def detail_is_open(self) -> bool:
        return bool(self.lines)


class DistributionForm(forms.Form):
    """Who judges what. `detail` names the domains shared out criterion by criterion."""

    use_required_attribute = False
    optional_fields = ()

    def __init__(self, *args: Any, table: Table, proposal: Proposal, afresh: bool, detail: set[str], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.table = table
        self.detail = set(detail)
        self._afresh = afresh
        self._proposal = proposal
        chosen = {line.code: self._people(line) for part in table.parts for line in part.lines}
        for part in table.parts:
            self._add_part(part, chosen)
        self._add_lead()
        self._add_motives()

    def _people(self, line: Line) -> list[int]:
        """Who judges a criterion already, then who is proposed for it."""
        present = [] if self._afresh else self.table.charged_with(line)
        added = [one.expert for one in self._proposal.choices if line.code in one.criteria]
        return list(dict.fromkeys([*present, *added]))

    def width(self, line: Line) -> int:
        """How many experts may be named for a criterion: those it asks for, or those it has."""
        here = 0 if self._afresh else len(self.table.charged_with(line))
        return min(len(RANKS), max(seats_of(line), here))

    def _add_part(self, part: Part, chosen: dict[str, list[int]]) -> None:
        width = max(self.width(line) for line in part.lines)
        seats = [(chosen[line.code], self.width(line)) for line in part.lines]
        common = [_common([_at(people, rank) for people, held in seats if held > rank]) for rank in range(width)]
        if any(_at(people, rank) != common[rank] for people, held in seats for rank in range(held)):
            self.detail.add(part.domain.value)
        for rank in range(width):
            name = _name(part.domain.value, rank)
            self.fields[name] = self._choice(RANKS[rank], part, NOBODY, common[rank])
            if part.domain.value in self.detail:
                for line in part.lines:
                    if rank < self.width(line):
                        same = _at(chosen[line.code], rank) == common[rank]
                        self.fields[_name(line.code, rank)] = self._choice(
                            f"{line.code} : {RANKS[rank].lower()}",
                            part,
                            AS_DOMAIN,
                            "" if same else _at(chosen[line.code], rank),
                        )

    def _choice(self, label: str, part: Part, blank: str, initial: Any) -> forms.ChoiceField:
        able = [one for one in self.table.colleagues if one.may_be_chosen]
        groups = [
            ("Connaissent ce domaine", [_option(one) for one in able if one.knows(part.domain)]),
            ("Autres experts", [_option(one) for one in able if not one.knows(part.domain)]),
        ]
        choices = [("", blank), *(group for group in groups if group[1])]
        return forms.ChoiceField(label=label, choices=choices, required=False, initial=initial)

    def _add_lead(self) -> None:
        able = [one for one in self.table.colleagues if one.may_be_chosen]
        self.fields["lead"] = forms.ChoiceField(
            label="Coordonne l'évaluation",
            help_text="Peut juger tous les critères, rédige le rapport et envoie les demandes de compléments.",
            choices=[("", "Choisir une personne"), *(_option(one) for one in able)],
            initial=self.table.lead or self._proposal.lead,
            error_messages={"required": "Choisissez qui coordonne l'évaluation."},
        )

    def _add_motives(self) -> None:
        for one in self.table.colleagues:
            if one.needs_motive:
                self.fields[f"motive-{one.expert.pk}"] = LongText(
                    label=f"Motif pour choisir {one.expert} malgré un conflit possible",
                    rows=2,
                    help_text=" ".join(conflict.sentence for conflict in one.conflicts)
                    + " Sans effet si cette personne n'est pas choisie.",
                    initial=one.here.motive if one.here else "",
                )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for part in self.table.parts:
            named = [_name(part.domain.value, rank) for rank in range(len(RANKS))]
            self._refuse_twice([name for name in named if name in self.fields])
            for line in part.lines:
                self._refuse_twice([n for rank in range(len(RANKS)) if (n := _name(line.code, rank)) in self.fields])
        return data

    def _refuse_twice(self, names: Sequence[str]) -> None:
        seen: set[str] = set()
        for name in names:
            value = self.cleaned_data.get(name)
            if value and value in seen:
                self.add_error(name, "Choisissez deux personnes différentes : chacune juge sans connaître l'autre.")
            seen.add(value or "")

    @property
    def given(self) -> dict[int, Scope]:
        """What the form gives to each expert, once valid."""
        shares = {line.code: self._named(part, line) for part in self.table.parts for line in part.lines}
        return scopes(shares, {part.domain.value: part.codes for part in self.table.parts})

    def _named(self, part: Part, line: Line) -> list[int]:
        values = []
        for rank in range(self.width(line)):
            own = self.cleaned_data.get(_name(line.code, rank), "")
            values.append(own or self.cleaned_data.get(_name(part.domain.value, rank), ""))
        return [int(value) for value in dict.fromkeys(values) if value]

    @property
    def motives(self) -> dict[int, str]:
        return {
            one.expert.pk: self.cleaned_data[f"motive-{one.expert.pk}"]
            for one in self.table.colleagues
            if one.needs_motive
        }

    @property
    def rows(self) -> Iterator[PartRow]:
        for part in self.table.parts:
            lines = [LineRow(line, self._fields(line.code)) for line in part.lines]
            opened = part.domain.value in self.detail
            yield PartRow(part, self._fields(part.domain.value), lines if opened else [])

    @property
    def motive_fields(self) -> list[BoundField]:
        return [self[name] for name in self.fields if name.startswith("motive-")]

    def _fields(self, what: str) -> list[BoundField]:
        return [self[name] for rank in range(len(RANKS)) if (name := _name(what, rank)) in self.fields]


def _name(what: str, rank: int) -> str:
    return f"judge-{what}-{rank}"


def _option(one: Colleague) -> tuple[str, str]:
    return str(one.expert.pk), f"{one.expert} ({one.load.criteria} à juger ailleurs)"


def _at(people: Sequence[int], rank: int) -> int | str:
    return people[rank] if rank < len(people) else ""


def _common(named: Sequence[int | str]) -> int | str:
    """Return who is named most often, the first met of equals; nobody when a criterion has nobody.

    A criterion left blank follows its domain: it must not be given to anyone by that.
    """
    return "" if "" in named else max(dict.fromkeys(named), key=named.count)
