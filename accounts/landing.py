"""The words of the public landing: the seven steps and what to gather before the first."""

JOURNEY: tuple[tuple[str, str, str], ...] = (
    ("Dépôt", "L'éditeur", "Quelques questions d'orientation, puis les seuls critères qui concernent le service, avec leurs preuves."),
    ("Recevabilité", "Le support", "Vérification que le dossier est complet. S'il manque une pièce, l'éditeur sait laquelle et jusqu'à quand la fournir."),
    ("Évaluation", "Les experts", "Chaque critère est jugé sur sa preuve. Des compléments peuvent être demandés, critère par critère."),
    ("Commission", "Neuf membres", "Les rapports d'évaluation sont examinés en séance. La commission vote un avis, avec ou sans réserves."),
    ("Décision", "Le ministre chargé de la santé", "Acceptation ou refus motivé, notifié à l'éditeur avec les voies de recours."),
    ("Convention", "L'éditeur, le ministre et la Cnam", "Elle fixe les données accessibles, la durée du référencement et les conditions de retrait."),
    ("Publication", "Le support", "La fiche du service paraît au catalogue. Des audits et des signalements peuvent suivre."),
)  # fmt: skip
BEFORE: tuple[tuple[str, str], ...] = (
    ("Réunissez l'équipe", "Maîtrise d'ouvrage, juriste ou délégué à la protection des données, architecte, sécurité, accessibilité : chacun répond à ses critères."),
    ("Rassemblez les preuves", "Analyse d'impact, certificats, rapports d'audit, captures d'écran. Un dossier se prépare en plusieurs fois : tout est conservé."),
    ("Prévoyez les essais", "Si le service échange des données avec Mon espace santé, des essais sont à réussir avant le dépôt puis avant la commission."),
)  # fmt: skip
