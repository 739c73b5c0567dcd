"""The state of a proof in words, for pages that know only its value."""

from django import template
from django.utils.safestring import SafeString

from kit.templatetags.french import badge
from questionnaires.models import EvidenceRevision
from questionnaires.models.scanned import ScanState
from questionnaires.serving import why_not

register = template.Library()


@register.simple_tag
def scan_badge(state: str) -> SafeString:
    """Say in a badge what the antivirus said of a file."""
    return badge(state, str(ScanState(state).label).capitalize(), size="sm")


@register.filter
def why_not_served(revision: EvidenceRevision) -> str:
    """Say why a file is not given now; nothing when it is."""
    return why_not(revision)
