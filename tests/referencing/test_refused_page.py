"""The page of a refusal: each reason, where it can be mended, and the way back."""

from collections.abc import Callable

from accounts.models import User
from referencing import decisions
from tests.client import HouseClient
from tests.referencing.post import RESERVES, House

ClientOf = Callable[[User], HouseClient]


def test_a_refusal_links_to_where_it_can_be_mended_and_back_to_the_candidature(
    house: House, client_of: ClientOf
) -> None:
    candidature = house.opined(opinion="favourable_suspensive", reserves=RESERVES)
    project = decisions.prepare(
        candidature,
        outcome="accept",
        grounds_law="Article R. 1111-38.",
        grounds_fact="Le rapport.",
        actor=house.people["marc"],
    )
    home = f"/candidatures/{candidature.reference}/"
    sent = {"seen": candidature.version, "read": project.prepared_at.isoformat()}
    response = client_of(house.people["mona"]).post(f"{home}decision/signer/", sent)
    page = response.content.decode()
    assert response.status_code == 422
    assert (
        f'<a href="{home}reserves/">La réserve suspensive « Renouveler le certificat. » n&#x27;est pas levée.</a>'
        in page
    )
    assert f'href="{home}">Revenir à la candidature {candidature.reference}</a>' in page
