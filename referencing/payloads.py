"""Shapes of the payloads of acts: plain JSON, dates as ISO strings. A missing key is refused when the act is filed."""

from collections.abc import Mapping

from referencing.kinds import ActKind

# kind → keys that must be there. Values are described beside.
REQUIRED: dict[ActKind, tuple[str, ...]] = {
    # sheet: questionnaires.sheets.snapshot; both acts also keep `attestation`, the sentences that were attested
    ActKind.FILING: ("sheet", "attested_by"),
    ActKind.INCOMPLETENESS: ("missing", "deadline"),  # missing: list of {what, basis}
    ActKind.INADMISSIBILITY: ("grounds",),  # grounds: text
    ActKind.ADMISSION: (),  # certificates: list of {kind, number, review, checked_at}, when there are some
    ActKind.UNIT_TESTS: ("apis", "summary"),  # apis: list of "mesures", "documents", "agenda"
    ActKind.TEST_BOOK: ("summary",),
    ActKind.COMPLEMENT_REQUEST: ("items", "deadline"),  # items: {criterion, expected}; message, attachments
    ActKind.EXTENSION: ("deadline", "previous", "motive"),  # motive: of the éditeur who asked, else of who grants
    ActKind.COMPLEMENT_RETURN: ("sheet",),
    # verdicts: {code: {value, motive, pins}}; also `experts`, `team` (evaluation.evaluators) and `unwritten`
    ActKind.REPORT: ("synthesis", "recommendation", "verdicts", "unjudged"),
    ActKind.DOSSIER: ("sha256", "pages", "attachments", "journal_head"),
    ActKind.SCHEDULING: ("seance", "date"),
    ActKind.ADJOURNMENT: ("motive",),
    ActKind.OPINION: ("opinion", "reserves", "tally", "seance"),  # reserves: list of {id, text, suspensive, deadline}
    ActKind.RESERVE_LIFTED: ("reserve", "finding"),
    ActKind.DECISION: ("outcome", "grounds_law", "grounds_fact", "prepared_by", "signed_by"),  # people: pk
    ActKind.CONVENTION: ("parties", "starts_on", "ends_on"),  # parties: list of {party, name, quality, signed_on}
    ActKind.FICHE: ("name", "description", "long_description", "web_url", "economic_model", "thematics"),
    ActKind.WITHDRAWAL: ("motive",),
    ActKind.EXPIRY: ("deadline", "reminders"),
}


def check(kind: ActKind, payload: Mapping[str, object]) -> None:
    """Raise ValueError naming the keys a payload lacks: a fault of the program, never of a person."""
    absent = [key for key in REQUIRED[kind] if key not in payload]
    if absent:
        raise ValueError(f"acte {kind.value} : il manque {', '.join(absent)}")
