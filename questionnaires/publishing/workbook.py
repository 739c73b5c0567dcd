"""A référentiel read from a spreadsheet, as the tables its text files would hold.

Each cell becomes a node of YAML marked with its sheet and its line: the very same reading and the very same lint then
apply, and every fault says where it is.
"""

from collections.abc import Collection

from django.core.files import File
from django.utils.text import slugify
from yaml.nodes import Node

from questionnaires.drafting import EVOLUTION as EVOLUTION_FILE
from questionnaires.drafting import HEAD
from questionnaires.drafting import ORIENTATION as ORIENTATION_FILE
from questionnaires.drafting_reasons import REASONS as REASONS_FILE
from questionnaires.drafting_scale import SCALE as SCALE_FILE
from questionnaires.editions import COVERAGE as COVERAGE_FILE
from questionnaires.publishing import columns as at
from questionnaires.publishing.cells import Line, read_sheets
from questionnaires.publishing.coverage import coverage
from questionnaires.publishing.lines import admitted, carried, examples, proofs, reason, rule, said, variable
from questionnaires.publishing.nodes import Pairs, flag, mapping, sequence, text, texts
from questionnaires.publishing.scale import scale
from questionnaires.reading import Fault, Table, Words


class Workbook:
    """A spreadsheet as a source of tables. Its own faults are said with its first table."""

    def __init__(self, tables: dict[str, Node], faults: list[Fault]) -> None:
        self.tables = tables
        self.faults = faults

    def names(self) -> Collection[str]:
        return set(self.tables)

    def table(self, name: str, faults: list[Fault]) -> Table | None:
        if name == HEAD:
            faults.extend(self.faults)
        words = Words("la valeur de", "oui ou non", at.NAMES_OF.get(name, at.NAMES))
        return Table(self.tables[name], name, faults, words)


def read_workbook(file: File, name: str) -> Workbook:
    """Read a spreadsheet. Raises FileRefused, with one sentence, for what is none."""
    faults: list[Fault] = []
    sheets = read_sheets(file, name, faults)
    faults.extend(Fault(sheet, 1, "cette feuille manque") for sheet in at.NEEDED_SHEETS if sheet not in sheets)
    return Builder({sheet: sheets.get(sheet, []) for sheet in at.COLUMNS}, faults).workbook()


class Builder:
    """Puts the lines of the sheets where the text files have them."""

    def __init__(self, sheets: dict[str, list[Line]], faults: list[Fault]) -> None:
        self.sheets = sheets
        self.faults = faults
        self.rows = [line for line in sheets[at.CRITERIA] if self.simplified(line) != at.DROPPED]
        self.dropped = [line for line in sheets[at.CRITERIA] if self.simplified(line) == at.DROPPED]
        self.titles = self._titles()

    def workbook(self) -> Workbook:
        tables = {HEAD: self._head(), ORIENTATION_FILE: self._orientation()}
        evolution = self._evolution()
        if evolution is not None:
            tables[EVOLUTION_FILE] = evolution
        if (editions := coverage(self.sheets, self.faults)) is not None:
            tables[COVERAGE_FILE] = editions
        if self.sheets[at.REASONS]:
            tables[REASONS_FILE] = self._reasons()
        if (read := scale(self.sheets[at.SCALE], self.faults)) is not None:
            tables[SCALE_FILE] = read
        tables |= {f"{code}.yaml": self._questionnaire(code) for code in self.titles}
        return Workbook(tables, self.faults)

    def simplified(self, line: Line) -> str:
        return line["simplification"].upper().replace(" ", "")

    def refuse(self, sheet: str, line: Line, sentence: str) -> None:
        self.faults.append(Fault(sheet, line.number, sentence))

    # --- Head ------------------------------------------------------------------------------------

    def _head(self) -> Node:
        pairs: Pairs = []
        for line in self.sheets[at.VERSION]:
            name = line["information"].casefold()
            if name == at.FOLLOWS:
                continue
            key = at.HEAD_KEYS.get(name)
            if key is None:
                self.refuse(at.VERSION, line, f"l'information « {line['information']} » est inconnue")
            elif key == "is_open" and line["valeur"]:
                pairs.append((key, flag(line["valeur"], at.VERSION, line)))
            elif key != "is_open":
                pairs.append((key, text(line["valeur"], at.VERSION, line, keep_blank=True)))
        pairs.append(("questionnaires", texts(self.titles, at.VERSION, Line(1, {}))))
        return mapping(pairs, at.VERSION, Line(1, {}))

    def _titles(self) -> dict[str, str]:
        """The questionnaires by code: those of their sheet, else those that the criteria name."""
        if self.sheets[at.QUESTIONNAIRES]:
            return {line["code"]: line["titre"] for line in self.sheets[at.QUESTIONNAIRES] if line["code"]}
        named = dict.fromkeys(line["questionnaire"] for line in self.rows if line["questionnaire"])
        return {slugify(title)[:40]: title for title in named}

    def questionnaire_of(self, line: Line) -> str:
        """Return the code of the questionnaire that a line names by its code or its title; "" when there is none."""
        name = line["questionnaire"].casefold()
        return next((code for code, title in self.titles.items() if name in (code, title.casefold())), "")

    def _reasons(self) -> Node:
        start = Line(1, {})
        reasons = sequence([reason(line) for line in self.sheets[at.REASONS]], at.REASONS, start)
        return mapping([("reasons", reasons)], at.REASONS, start)

    # --- Questionnaires --------------------------------------------------------------------------

    def _questionnaire(self, code: str) -> Node:
        given = next((line for line in self.sheets[at.QUESTIONNAIRES] if line["code"] == code), None)
        lines = [line for line in self.rows if self.questionnaire_of(line) == code]
        sections: dict[str, list[Line]] = {}
        for line in lines:
            if not self.simplified(line).startswith(at.MERGED):
                sections.setdefault(slugify(line["section"])[:40], []).append(line)
        where = given or (lines[0] if lines else Line(1, {}))
        sheet = at.QUESTIONNAIRES if given else at.CRITERIA
        intro = given["présentation"] if given else f"Les critères du questionnaire « {self.titles[code]} »."
        answered = given["réponses attendues"] if given else ""
        tests_only = bool(lines) and all(line["id"].startswith("TST-") for line in lines)
        pairs: Pairs = [
            ("code", text(code, sheet, where)),
            ("title", text(self.titles[code], sheet, where)),
            ("intro", text(intro, sheet, where, keep_blank=True)),
            ("is_answered", flag(answered or ("non" if tests_only else "oui"), sheet, where)),
            ("na_reasons", admitted(given, sheet) if given else None),
            ("sections", sequence([self._section(code, *one) for one in sections.items()], sheet, where)),
        ]
        return mapping(pairs, sheet, where)

    def _section(self, questionnaire: str, code: str, lines: list[Line]) -> Node:
        advice = next(
            (
                line
                for line in self.sheets[at.SECTIONS]
                if self.questionnaire_of(line) == questionnaire and slugify(line["section"])[:40] == code
            ),
            None,
        )
        first = lines[0]
        pairs: Pairs = [
            ("code", text(code, at.CRITERIA, first)),
            ("title", text(first["section_titre"] or first["section"], at.CRITERIA, first)),
            ("advice", text(advice["conseils"], at.SECTIONS, advice) if advice else None),
            ("criteria", sequence([self._criterion(line) for line in lines], at.CRITERIA, first)),
        ]
        return mapping(pairs, at.CRITERIA, first)

    def _criterion(self, line: Line) -> Node:
        merged = [row for row in self.rows if self.simplified(row) == f"{at.MERGED}{line['id'].upper()}"]
        points = sequence([mapping(self._shared(row), at.CRITERIA, row) for row in merged], at.CRITERIA, line)
        pairs: Pairs = [
            *self._shared(line),
            ("profile", text(line["profil"], at.CRITERIA, line)),
            ("proofs", texts(proofs(line["preuves"]), at.CRITERIA, line)),
            ("guidance", text(line["conseils"], at.CRITERIA, line)),
            ("examples", examples(line)),
            ("na_reasons", admitted(line, at.CRITERIA)),
            ("never_na", said(line, "jamais non applicable", at.CRITERIA)),
            ("double_evaluation", said(line, "double évaluation", at.CRITERIA)),
            ("weight", text(line["poids"], at.CRITERIA, line)),
            ("points", points if merged else None),
        ]
        return mapping(pairs, at.CRITERIA, line)

    def _shared(self, line: Line) -> Pairs:
        """What a criterion and a requirement merged into one have in common."""
        level, dispensation = line["niveau"], line["dispense"]
        certificates = at.DISPENSATIONS.get(dispensation.upper(), [dispensation])
        return [
            ("code", text(line["id"], at.CRITERIA, line)),
            ("text", text(line["exigence"], at.CRITERIA, line)),
            ("condition", text(line["condition"], at.CRITERIA, line)),
            ("level", text(at.LEVELS.get(level.upper(), level), at.CRITERIA, line)),
            ("dispensed_by", texts(certificates, at.CRITERIA, line) if certificates else None),
        ]

    # --- Orientation -----------------------------------------------------------------------------

    def _orientation(self) -> Node:
        start = Line(1, {})
        steps: list[tuple[str, list[Line]]] = []
        for line in self.sheets[at.ORIENTATION]:
            if not steps or steps[-1][0] != line["étape"]:
                steps.append((line["étape"], []))
            steps[-1][1].append(line)
        nodes = [
            mapping(
                [
                    ("title", text(title, at.ORIENTATION, lines[0])),
                    ("variables", sequence([variable(line) for line in lines], at.ORIENTATION, lines[0])),
                ],
                at.ORIENTATION,
                lines[0],
            )
            for title, lines in steps
        ]
        rules = [rule(line) for line in self.sheets[at.RULES]]
        pairs: Pairs = [
            ("steps", sequence(nodes, at.ORIENTATION, start)),
            ("rules", sequence(rules, at.RULES, start) if rules else None),
        ]
        return mapping(pairs, at.ORIENTATION, start)

    # --- Evolution -------------------------------------------------------------------------------

    def _evolution(self) -> Node | None:
        self._check_rows()
        follows = next((line for line in self.sheets[at.VERSION] if line["information"].casefold() == at.FOLLOWS), None)
        told = self.sheets[at.EVOLUTION]
        if follows is None or not follows["valeur"]:
            for sheet, line in [(at.EVOLUTION, one) for one in told] + [(at.CRITERIA, one) for one in self.dropped]:
                self.refuse(sheet, line, f"la feuille « {at.VERSION} » ne dit pas la « {at.FOLLOWS} »")
            return None
        parts: dict[str, Pairs] = {key: [] for key in at.FATES.values()}
        for line in told:
            self._add_fate(parts, line)
        declared = {name for name, _ in parts["merged"]}
        for line in self.rows:
            if self.simplified(line).startswith(at.MERGED) and line["id"] not in declared:
                target = line["simplification"].partition(":")[2].strip()
                parts["merged"].append((line["id"], text(target, at.CRITERIA, line)))
        removed = [node for _, node in parts.pop("removed") if node]
        removed += [node for line in self.dropped if (node := text(line["id"], at.CRITERIA, line))]
        kept = [node for line in told if (node := carried(line))]
        pairs: Pairs = [
            ("version", text(follows["valeur"], at.VERSION, follows)),
            *((key, mapping(inner, at.EVOLUTION, follows)) for key, inner in parts.items() if inner),
            ("removed", sequence(removed, at.EVOLUTION, follows) if removed else None),
            ("carried", sequence(kept, at.EVOLUTION, follows) if kept else None),
        ]
        return mapping(pairs, at.VERSION, follows)

    def _add_fate(self, parts: dict[str, Pairs], line: Line) -> None:
        fate = line["devenir"].casefold()
        key = at.FATES.get(fate)
        if key == "split":
            codes = [code.strip() for code in line["vers"].replace(";", ",").split(",") if code.strip()]
            parts[key].append((line["ancien"], texts(codes, at.EVOLUTION, line)))
        elif key == "removed":
            parts[key].append((line["ancien"], text(line["ancien"], at.EVOLUTION, line)))
        elif key:
            parts[key].append((line["ancien"], text(line["vers"], at.EVOLUTION, line, keep_blank=True)))
        elif fate != at.SAME:
            known = ", ".join([*at.FATES, at.SAME])
            self.refuse(at.EVOLUTION, line, f"« {line['devenir']} » n'est pas un devenir ; attendu : {known}")

    def _check_rows(self) -> None:
        known = {line["id"].upper() for line in self.rows if not self.simplified(line).startswith(at.MERGED)}
        for line in self.rows:
            word = self.simplified(line)
            if word.startswith(at.MERGED) and word.removeprefix(at.MERGED) not in known:
                self.refuse(at.CRITERIA, line, f"« {line['simplification']} » : ce critère n'est pas dans la feuille")
            elif not word.startswith(at.MERGED) and word not in ("", at.KEPT):
                self.refuse(at.CRITERIA, line, f"« {line['simplification']} » : attendu K, S, ou F: et un critère")
            if word.startswith(at.MERGED):
                for column in filter(line.__getitem__, at.WHOLE_ONLY):
                    self.refuse(at.CRITERIA, line, f"« {column} » ne se dit pas d'un critère réuni dans un autre")
            if not self.questionnaire_of(line):
                self.refuse(at.CRITERIA, line, f"le questionnaire « {line['questionnaire']} » est inconnu")
