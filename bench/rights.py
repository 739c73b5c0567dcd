"""The rights of the crowd: what `referencing.access` would give row by row, in one statement a role."""

from django.db import connection

from accounts.roles import Role
from referencing.rights import rights_of

TO_TEAMS = """
INSERT INTO referencing_candidaturegrouppermission (permission_id, group_id, content_object_id)
SELECT permission.id, team.{holder}, file.id FROM referencing_candidature file
JOIN referencing_service service ON service.id = file.service_id
JOIN accounts_organisation team ON team.id = service.organisation_id
CROSS JOIN auth_permission permission
JOIN django_content_type kind ON kind.id = permission.content_type_id AND kind.app_label = 'referencing'
WHERE file.id >= %s AND permission.codename IN ({names})
"""
TO_EXPERTS = """
INSERT INTO referencing_candidatureuserpermission (permission_id, user_id, content_object_id)
SELECT permission.id, assigned.expert_id, assigned.candidature_id FROM evaluation_assignment assigned
CROSS JOIN auth_permission permission
JOIN django_content_type kind ON kind.id = permission.content_type_id AND kind.app_label = 'referencing'
WHERE assigned.candidature_id >= %s AND permission.codename IN ({names})
"""


def give(first: int) -> None:
    """Give the teams and the leads their rights on the candidatures whose primary key is `first` or more."""
    with connection.cursor() as cursor:
        cursor.execute(TO_TEAMS.format(holder="members_group_id", names=_names(Role.EDITOR)), [first])
        cursor.execute(TO_TEAMS.format(holder="mandated_group_id", names=_names(Role.MANDATED)), [first])
        cursor.execute(TO_EXPERTS.format(names=_names(Role.LEAD)), [first])


def _names(role: Role) -> str:
    return ", ".join(f"'{name}'" for name in rights_of(role))
