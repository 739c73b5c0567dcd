"""Pages for everybody, pages for when something went wrong, and the headers of all."""

import re

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from kit import views

PUBLIC = ("home", "public:accessibility", "public:legal", "public:privacy", "public:sitemap", "public:help")


@pytest.mark.parametrize("name", PUBLIC)
def test_a_visitor_reads_the_public_pages(client, name: str, db):
    page = client.get(reverse(name))
    assert page.status_code == 200
    assert page.content.count(b"<h1") == 1


def test_titles_of_public_pages_differ(client, db):
    titles = [re.search(r"<title>(.*?)</title>", client.get(reverse(name)).content.decode())[1] for name in PUBLIC]
    assert len(set(titles)) == len(PUBLIC)


def test_the_accessibility_statement_claims_nothing_unproved(client, db):
    assert "Accessibilité : non conforme" in client.get("/").content.decode().replace("\u00a0", " ")


def test_the_policy_forbids_inline_code(client, db):
    policy = client.get("/")["Content-Security-Policy"]
    directives = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert directives["default-src"] == "'none'"
    assert directives["style-src"] == "'self'"
    assert directives["script-src"] == "'self'"
    assert "unsafe" not in policy


def test_pages_have_no_inline_style_nor_handler(client, client_of, alice):
    for page in (client.get("/"), client_of(alice).get(reverse("teams:team")), client.get(reverse("account_login"))):
        html = page.content.decode()
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=\"", html)


def test_caches_keep_nothing_of_a_signed_in_person(client, client_of, alice):
    assert client_of(alice).get(reverse("public:help"))["Cache-Control"] == "private, no-store"
    assert not client.get(reverse("public:help")).has_header("Cache-Control")


def test_a_visitor_gets_no_cookie_from_a_public_page(client, db):
    assert client.get("/").cookies == {}


def test_the_unknown_page_tells_nothing_of_what_was_asked(client_of, alice):
    alices = client_of(alice)
    pages = [alices.get("/nulle-part/"), alices.get("/equipe/404833048/ajouter/")]
    assert [page.status_code for page in pages] == [404, 404]
    assert without_tokens(pages[0].content) == without_tokens(pages[1].content)
    assert "nulle-part" not in pages[0].content.decode()


def without_tokens(html: bytes) -> bytes:
    """Erase what differs at each request: the nonce and the token of the sign-out button."""
    return re.sub(rb'(nonce|name="csrfmiddlewaretoken" value)="[^"]*"', b"", html)


def test_a_failure_gives_a_reference_that_the_log_has(settings, monkeypatch, caplog, db):
    monkeypatch.setattr("kit.views.render", lambda *args, **kwargs: 1 / 0)
    answer = Client(raise_request_exception=False).get(reverse("public:help"))
    assert answer.status_code == 500
    known_as = re.search(r"<strong>(E-\d{4}-\w{4})</strong>", answer.content.decode())
    assert known_as is not None
    assert f"{known_as[1]} 500 GET /aide/" in caplog.messages


def test_the_page_of_failures_asks_nothing_of_the_database(django_assert_num_queries, db):
    with django_assert_num_queries(0):
        assert views.server_error(RequestFactory().get("/x/")).status_code == 500


@pytest.mark.parametrize(("view", "status"), [(views.bad_request, 400), (views.permission_denied, 403)])
def test_other_failures_give_a_reference_too(client_of, alice, view, status: int):
    request = client_of(alice).get("/aide/").wsgi_request
    answer = view(request, Exception())
    assert answer.status_code == status
    assert re.search(r"<strong>E-\d{4}-\w{4}</strong>", answer.content.decode())


def test_an_old_page_gives_back_what_was_typed(alice):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(alice)
    typed = {"full_name": "Un nom <b>écrit</b>", "quality": "", "password1": "secret", "csrfmiddlewaretoken": "vieux"}
    answer = strict.post(reverse("accounts:profile"), typed)
    html = answer.content.decode()
    assert answer.status_code == 403
    assert re.findall(r"<textarea[^>]*>([^<]*)</textarea>", html) == ["Un nom &lt;b&gt;écrit&lt;/b&gt;"]
    assert "secret" not in html
    alice.refresh_from_db()
    assert alice.full_name == "Alice Martin"


def test_the_brand_of_the_state_shows_only_where_it_may(client, settings, db):
    settings.BRAND_ETAT = False
    assert "fr-logo" not in client.get("/").content.decode()
    settings.BRAND_ETAT = True
    branded = client.get("/").content.decode()
    assert branded.count('class="fr-logo"') == 2
    assert "house-unbranded" not in branded
