"""What only a printed page needs."""

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def in_lines(digest: str, length: int = 32) -> SafeString:
    """Cut a hash in lines. Letting the press look for breaks in it costs one trial per character."""
    return format_html_join(
        "", "{}<br>", ((digest[start : start + length],) for start in range(0, len(digest), length))
    )
