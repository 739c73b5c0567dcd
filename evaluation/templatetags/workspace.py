"""The list of criteria beside the one being judged, written at once: a file has hundreds of them."""

from collections.abc import Iterator, Sequence

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from evaluation.grid import Line
from evaluation.values import State, Value

register = template.Library()

VERDICTS = {str(value): str(label) for value, label in Value.choices}
ITEM = '<li class="house-nearby__item house-nearby__item--{}"><a href="../{}/{}">{}</a> <span>{}</span></li>'
CURRENT = ITEM.replace("<a ", '<a aria-current="page" ')
STATES = {str(value): str(label) for value, label in State.choices}


@register.simple_tag
def criteria_list(lines: Sequence[Line], current: str, titles: dict[str, str], query: str) -> SafeString:
    """Write one item a criterion, under the title of its questionnaire; `query` is what each link carries on."""
    return format_html_join("\n", "{}", ((item,) for item in _items(lines, current, titles, query)))


def _items(lines: Sequence[Line], current: str, titles: dict[str, str], query: str) -> Iterator[SafeString]:
    questionnaire = None
    for line in lines:
        if line.questionnaire != questionnaire:
            questionnaire = line.questionnaire
            yield format_html('<li class="house-nearby__title">{}</li>', titles[questionnaire])
        item = CURRENT if line.code == current else ITEM
        yield format_html(item, line.state, line.code, query, line.code, said_of(line))


def said_of(line: Line) -> str:
    """The verdict that holds, or the state in which the criterion is."""
    if line.state == State.JUDGED and line.verdict:
        return VERDICTS[line.verdict.value]
    return STATES[line.state]
