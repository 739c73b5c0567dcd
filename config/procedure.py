"""Who holds the counter, and what the texts leave unsettled: facts that change without a change of code."""

from typing import Any

from config.environment import Misconfigured, boolean, integer, text, words

OPERATOR = {
    "name": text("OPERATOR_NAME", default="Guichet de référencement (démonstration)"),
    "service": text("OPERATOR_SERVICE", default="Cellule référencement — GIE SESAM-Vitale"),
    "email": text("OPERATOR_EMAIL", default="contact@example.fr"),
    "phone": text("OPERATOR_PHONE", default="01 00 00 00 00"),
    "address": text("OPERATOR_ADDRESS", default="1 rue de l'Exemple, 75000 Paris"),
}
# The State brand (bloc-marque, Marianne typeface) is reserved to the sites of the State.
BRAND_ETAT = boolean("BRAND_ETAT", default=False)
BRAND_LINES = words("BRAND_LINES", default=["Ministère", "chargé", "de la santé"])
# The natures of proof that may be named below (ProofKind, which a setting cannot import), and « aucune ».
PROOF_KINDS = {
    "AIPD", "ATTEST", "aucune", "CAPT", "CERT", "CONTRAT", "DECL", "DEMO", "DOC", "MESURE", "RAPP", "REGISTRE", "TEST", "URL",
}  # fmt: skip

# Law and procedure: docs/procedure.md says what each is and what is known of it.
PROCEDURE: dict[str, Any] = {
    "incomplete_reply_days": integer("INCOMPLETE_REPLY_DAYS", default=30),
    "complement_reply_days": integer("COMPLEMENT_REPLY_DAYS", default=30),
    "admissibility_days": integer("ADMISSIBILITY_DAYS", default=15),
    "evaluation_days": integer("EVALUATION_DAYS", default=60),
    "decision_days": integer("DECISION_DAYS", default=30),
    "admissibility_unit": text("ADMISSIBILITY_UNIT", default="jours"),
    "evaluation_unit": text("EVALUATION_UNIT", default="jours"),
    "decision_unit": text("DECISION_UNIT", default="jours"),
    "suspended_delays": words("SUSPENDED_DELAYS", default=["evaluation", "silence"]),
    "rolled_delays": words("ROLLED_DELAYS", default=["aucun"]),
    "expectation_files": integer("EXPECTATION_FILES", default=10, minimum=3),
    "expectation_months": integer("EXPECTATION_MONTHS", default=24),
    "convocation_days": integer("CONVOCATION_DAYS", default=5),
    "convention_months": integer("CONVENTION_MONTHS", default=12),
    "invitation_days": integer("INVITATION_DAYS", default=14),
    "invitation_resend_minutes": integer("INVITATION_RESEND_MINUTES", default=10),
    "invitations_pending": integer("INVITATIONS_PENDING", default=50),
    "message_letter_minutes": integer("MESSAGE_LETTER_MINUTES", default=60),
    "thread_files_bytes": integer("THREAD_FILES_MB", default=500) * 1024 * 1024,
    "silence_months": integer("SILENCE_MONTHS", default=2),
    "silence_means": text("SILENCE_MEANS", default="rejet"),
    "appeal_months": integer("APPEAL_MONTHS", default=2),
    "carried_proof_months": integer("CARRIED_PROOF_MONTHS", default=12),
    "reminder_days_before": words("REMINDER_DAYS_BEFORE", default=["7", "2"]),
    "reminder_days_after": words("REMINDER_DAYS_AFTER", default=["1"]),
    "expiry_enabled": boolean("EXPIRY_ENABLED", default=False),
    "commission_seats": integer("COMMISSION_SEATS", default=9, minimum=3),
    "expert_reply_days": integer("EXPERT_REPLY_DAYS", default=5, minimum=1),
    "expert_reminder_days": integer("EXPERT_REMINDER_DAYS", default=2, minimum=1),
    "casting_vote": text("CASTING_VOTE", default="president"),
    "recused_in_quorum": boolean("RECUSED_IN_QUORUM", default=False),
    "abstentions_weigh": boolean("ABSTENTIONS_WEIGH", default=False),
    "proof_notice_days": integer("PROOF_NOTICE_DAYS", default=60),
    "proof_reminder_days": words("PROOF_REMINDER_DAYS", default=["60", "15"]),
    "alsace_moselle": boolean("ALSACE_MOSELLE", default=False),
    "report_communicated_from": text("REPORT_COMMUNICATED_FROM", default="decision"),
    "report_communicates": words("REPORT_COMMUNICATES", default=[]),
    "proof_kinds_that_lapse": words("PROOF_KINDS_THAT_LAPSE", default=["CERT"]),
}
if PROCEDURE["silence_means"] not in {"rejet", "acceptation"}:
    raise Misconfigured("SILENCE_MEANS doit valoir « rejet » ou « acceptation ».")
if not all(day.isdigit() and int(day) for day in PROCEDURE["proof_reminder_days"]):
    raise Misconfigured("PROOF_REMINDER_DAYS doit énumérer des jours, par exemple PROOF_REMINDER_DAYS=60,15.")
if not set(PROCEDURE["proof_kinds_that_lapse"]) <= PROOF_KINDS:
    raise Misconfigured(f"PROOF_KINDS_THAT_LAPSE ne peut nommer que {', '.join(sorted(PROOF_KINDS))}.")
if PROCEDURE["report_communicated_from"] not in {"rapport", "avis", "decision"}:
    raise Misconfigured("REPORT_COMMUNICATED_FROM doit valoir « rapport », « avis » ou « decision ».")
if not set(PROCEDURE["report_communicates"]) <= {"experts", "score"}:
    raise Misconfigured("REPORT_COMMUNICATES ne peut nommer que experts, score.")
for name in ("reminder_days_before", "reminder_days_after"):
    if not all(day.isdigit() and int(day) for day in PROCEDURE[name]):
        raise Misconfigured(f"{name.upper()} doit énumérer des jours, par exemple {name.upper()}=7,2.")
    PROCEDURE[name] = sorted({int(day) for day in PROCEDURE[name]}, reverse=True)
PROCEDURE["proof_reminder_days"] = sorted({int(day) for day in PROCEDURE["proof_reminder_days"]}, reverse=True)
if PROCEDURE["casting_vote"] not in {"president", "aucune"}:
    raise Misconfigured("CASTING_VOTE doit valoir « president » ou « aucune ».")
