"""What the clock rings, and how often (seconds)."""

CELERY_BEAT_SCHEDULE = {
    "ring-again": {"task": "journal.tasks.drain", "schedule": 15.0},
    "watch-deadlines": {"task": "referencing.tasks.watch_deadlines", "schedule": 3600.0},
    "wind-clocks": {"task": "referencing.tasks.wind_clocks", "schedule": 6 * 3600.0},
    "watch-propositions": {"task": "evaluation.tasks.watch_propositions", "schedule": 3600.0},
    "watch-mandates": {"task": "commission.tasks.watch_mandates", "schedule": 3600.0},
    "watch-proofs": {"task": "referencing.tasks.watch_proofs", "schedule": 3600.0},
    "scan-proofs": {"task": "questionnaires.tasks.scan_waiting", "schedule": 15.0},
    "sweep-uploads": {"task": "questionnaires.tasks.sweep_uploads", "schedule": 3600.0},
}
