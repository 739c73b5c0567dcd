"""What follows each event, by dotted path: the only upward link of the house.

Each function takes the number of the event, runs after commit and outside any transaction, and does nothing the
second time it runs. `manage.py work`, or a Celery worker, drains them from the outbox.
"""

REACTIONS: dict[str, tuple[str, ...]] = {
    "candidature.submit": ("dossiers.reactions.print_receipt", "referencing.letters.acknowledge_filing"),
    "candidature.declare_incomplete": ("referencing.letters.ask_missing_pieces",),
    "candidature.declare_inadmissible": ("referencing.letters.tell_inadmissible",),
    "candidature.admit": ("referencing.letters.tell_admitted",),
    "candidature.request_complements": ("referencing.letters.ask_complements",),
    "candidature.return_complements": (
        "dossiers.reactions.print_receipt",
        "referencing.letters.tell_complements_returned",
    ),
    "candidature.conclude_evaluation": (
        "dossiers.reactions.print_report",
        "dossiers.reactions.seal_dossier",
        "referencing.letters.tell_evaluated",
    ),
    "candidature.schedule": ("referencing.letters.tell_scheduled",),
    "candidature.adjourn": ("referencing.letters.tell_adjourned",),
    "candidature.give_opinion": ("dossiers.reactions.print_opinion", "referencing.letters.tell_opinion"),
    "candidature.accept": ("dossiers.reactions.print_decision", "referencing.letters.notify_acceptance"),
    "candidature.reject": ("dossiers.reactions.print_decision", "referencing.letters.notify_rejection"),
    "candidature.publish": ("catalogue.reactions.open_entry", "referencing.letters.tell_published"),
    "candidature.withdraw": ("commission.reactions.take_off_agenda", "referencing.letters.tell_withdrawn"),
    "candidature.expire": ("referencing.letters.tell_expired",),
    "candidature.extension_asked": ("referencing.letters.tell_extension_asked",),
    "candidature.extension_refused": ("referencing.letters.tell_extension_refused",),
    "candidature.extend_deadline": ("referencing.letters.tell_extended",),
    "candidature.reminder": ("referencing.letters.remind",),
    "evidence.expiring": ("referencing.proof_letters.tell_expiring",),
    "evidence.infected": ("referencing.proof_letters.tell_infected",),
    "evaluation.assigned": ("evaluation.letters.tell_assigned",),
    "conversation.from_editor": ("conversation.letters.tell_message",),
    "conversation.from_support": ("conversation.letters.tell_message",),
    "conversation.infected": ("conversation.letters.tell_infected",),
    "exchange.deposited": ("exchange.letters.tell_deposited",),
    "exchange.accepted": ("exchange.letters.tell_accepted",),
    "exchange.refused": ("exchange.letters.tell_refused",),
    "act.test_book": ("dossiers.reactions.seal_dossier", "exchange.letters.tell_accepted"),
    "act.convention": ("dossiers.reactions.print_convention",),
    "team.invited": ("teams.reactions.post_invitation",),
    "team.invited_again": ("teams.reactions.post_invitation",),
    "team.joined": ("teams.reactions.tell_joined",),
    "team.left": ("teams.reactions.tell_left",),
    "team.mandate_changed": ("teams.reactions.tell_mandate",),
    "seance.convened": ("commission.reactions.send_convocations",),
    "seance.closed": ("commission.reactions.print_minutes",),
}
