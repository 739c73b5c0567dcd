import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.template import Context, engines

from accounts.models import User
from journal.models import Event
from journal.record import record


def test_it_keeps_out_of_the_data_of_the_machine():
    assert settings.DATA_DIR.name.startswith("referencement-tests-")


def test_it_refuses_an_undefined_variable_in_our_templates(tmp_path, monkeypatch):
    (tmp_path / "page.html").write_text("ligne\n{{ inconnue }}")
    monkeypatch.setattr("tests.templates.TEMPLATES", tmp_path)
    engine = engines["django"].engine  # type: ignore[attr-defined]
    monkeypatch.setattr(engine, "dirs", [tmp_path])
    monkeypatch.setattr(engine.template_loaders[0].loaders[0], "get_dirs", lambda: [tmp_path])
    with pytest.raises(AssertionError, match=r"page\.html, line 2: the variable « inconnue » is not defined"):
        engine.get_template("page.html").render(Context({}))


def test_the_cast_is_made_on_demand(alice: User):
    assert [user.email for user in User.objects.all()] == ["alice@exemple.fr"]


@pytest.mark.parametrize("time", [1, 2])
@pytest.mark.django_db(transaction=True)
def test_a_test_that_commits_leaves_an_empty_journal_to_the_next(alice: User, time: int):
    with transaction.atomic():
        event = record("essai.commun", "ESSAI", actor=alice, data={})
    assert event.seq == 1
    with pytest.raises(IntegrityError):
        Event.objects.update(kind="autre")
