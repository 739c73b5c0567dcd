from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.test import RequestFactory

from kit.paging import page_of


def draw(query: str, rows: int = 300) -> str:
    request = RequestFactory().get(f"/liste/?{query}")
    request.user = AnonymousUser()
    page = page_of(request, range(rows), size=25)
    return render_to_string("kit/pagination.html", {"page": page}, request)


def test_it_keeps_the_filters_in_the_address():
    assert 'href="?stage=submitted&amp;page=3"' in draw("stage=submitted&page=2")


def test_it_marks_the_current_page():
    assert '<a class="fr-pagination__link" aria-current="page" title="Page 2">2</a>' in draw("page=2")


def test_a_page_that_does_not_exist_gives_the_nearest_one():
    request = RequestFactory().get("/liste/?page=999")
    assert page_of(request, range(30), size=25).number == 2
    assert page_of(RequestFactory().get("/liste/?page=x"), range(30), size=25).number == 1


def test_a_single_page_has_no_links():
    assert draw("stage=submitted", rows=3).strip() == ""
