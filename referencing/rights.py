"""Who may: every right of the house and the roles that carry it. `access.py` reads this table.

A right is an object permission on one candidature (team of the éditeur, expert assigned, member convened) or a
global permission (secretary, support, ministry, auditor). Both are asked for by the same name.
"""

from accounts.roles import Role
from referencing.stages import FILED, MINISTRY_READS, Stage

# Rights that move a candidature: one per verb of the lifecycle, of the same name.
MOVES: dict[str, tuple[Role, ...]] = {
    "submit": (Role.MANDATED,),
    "admit": (Role.SUPPORT,),
    "declare_incomplete": (Role.SUPPORT,),
    "declare_inadmissible": (Role.SUPPORT,),
    "request_complements": (Role.SUPPORT, Role.LEAD),
    "extend_deadline": (Role.SUPPORT, Role.LEAD),
    "return_complements": (Role.MANDATED,),
    "conclude_evaluation": (Role.SUPPORT, Role.LEAD),
    "schedule": (Role.SUPPORT,),
    "adjourn": (Role.SECRETARY,),
    "give_opinion": (Role.SECRETARY,),
    "accept": (Role.MINISTRY,),
    "reject": (Role.MINISTRY,),
    "publish": (Role.SUPPORT,),
    "withdraw": (Role.MANDATED,),
    "expire": (),  # nobody: the clock alone
}

# Rights that do not move it.
OTHERS: dict[str, tuple[Role, ...]] = {
    "read": (Role.EDITOR, Role.MANDATED, Role.EXPERT, Role.LEAD, Role.MEMBER),
    "answer": (Role.EDITOR, Role.MANDATED),
    "deposit_tests": (Role.EDITOR, Role.MANDATED),
    "accept_tests": (Role.SUPPORT,),
    "assign": (Role.SUPPORT,),
    "claim": (Role.SUPPORT,),
    "judge": (Role.EXPERT, Role.LEAD),
    "read_evaluation": (Role.EXPERT, Role.LEAD, Role.MEMBER, Role.SUPPORT, Role.SECRETARY, Role.MINISTRY, Role.AUDITOR),
    "write_report": (Role.LEAD, Role.SUPPORT),
    "lift_reserve": (Role.SUPPORT,),
    "prepare_decision": (Role.MINISTRY,),
    "record_convention": (Role.SUPPORT,),
    "write_fiche": (Role.EDITOR, Role.MANDATED, Role.SUPPORT),
    "read_journal": (Role.SUPPORT, Role.AUDITOR),
}

RIGHTS = {**MOVES, **OTHERS}

# What the holders of a global role may read without a link with the file. A draft is nobody's but its team's.
READS: dict[Role, tuple[Stage, ...]] = {
    Role.SUPPORT: FILED,
    Role.AUDITOR: FILED,
    Role.SECRETARY: (Stage.EVALUATED, Stage.IN_COMMISSION, *MINISTRY_READS),
    Role.MINISTRY: MINISTRY_READS,
}

OBJECT_ROLES = (Role.EDITOR, Role.MANDATED, Role.EXPERT, Role.LEAD, Role.MEMBER)


def rights_of(role: Role) -> list[str]:
    """Return the names of the rights a role carries, in the order of the table."""
    return [name for name, roles in RIGHTS.items() if role in roles]


def declared_permissions() -> tuple[tuple[str, str], ...]:
    """Return the permissions of the model `Candidature`, one per right; who holds them is not the database's business."""
    return tuple((name, name) for name in sorted(RIGHTS))
