from network.access.rules import Role
from network.plumbing.database import db
from rota.hosts.commands import add_host, add_offer
from tests.cast import Cast, client_for
from tests.makers import make_site
from tests.rota.host_scene import HOST_LEAD, LEAD, WELCOME, offer, placed, terms


def test_what_employers_lend_each_other_is_shown_and_given_as_a_file(cast: Cast) -> None:
    lead = client_for(cast, LEAD)
    assert "Nothing is exchanged yet" in lead.get("/hosts/exchange").text
    # The learner is Elm's: at home nothing is lent, at Oak four weeks are.
    placed(cast, offer(cast), published=True)
    oak = add_host(cast[LEAD], cast.oak_site.id, WELCOME)
    version_id = placed(cast, add_offer(cast[LEAD], oak, terms(cast)), published=True).version_id
    page = lead.get(f"/hosts/exchange?version={version_id}")
    assert "4 weeks owed to it" in page.text
    assert "4 weeks owed by it" in page.text
    file = lead.get(f"/hosts/exchange/exchange.csv?version={version_id}")
    assert file.mimetype == "text/csv"
    assert "Elm Surgery,4,0,4.0,0.0,4.0" in file.text
    # A host sees what it exchanges itself, nobody else's weeks and no plans.
    charity = add_host(cast[LEAD], make_site(cast.charity, "GNB").id, WELCOME)
    elsewhere = placed(cast, add_offer(cast[LEAD], charity, terms(cast)), published=True)
    elsewhere.learner.member.engagement.employer_id = cast.oak.id
    db.session.commit()
    assert "Good Neighbours" in lead.get(f"/hosts/exchange?version={elsewhere.version_id}").text
    own = client_for(cast, HOST_LEAD).get("/hosts/exchange").text
    assert "Good Neighbours" not in own
    assert "4 weeks owed to it" in own
    assert "version 1" not in own
    assert client_for(cast, Role.STAFF).get("/hosts/exchange").status_code == 403
