from datetime import timedelta

from network.plumbing.database import today
from rota.host_answers import commands as answers
from rota.host_answers.queries import get_asking_for, link_token
from rota.host_answers.rules import Answer
from rota.hosts import commands as hosts
from rota.hosts.rules import Approved, Limit
from rota.programmes.rules import SupervisorKind
from rota.reciprocity import commands as reciprocity
from tests.attempts import attempt, by
from tests.cast import Cast
from tests.rota.host_scene import (
    HOST_LEAD,
    LEAD,
    WELCOME,
    answer_of,
    asked,
    host,
    offer,
    placed,
    supervisor,
    terms,
)
from tests.rota.training_scene import programme


def _link(cast: Cast, asking_id):
    return link_token(get_asking_for(cast[LEAD], asking_id).row)


@attempt(hosts.add_host)
def _add_host(cast: Cast):
    return by(cast[HOST_LEAD], cast.elm_site.id, WELCOME)


@attempt(hosts.change_host)
def _change_host(cast: Cast):
    return by(cast[HOST_LEAD], host(cast), WELCOME, 1)


@attempt(hosts.remove_host)
def _remove_host(cast: Cast):
    return by(cast[HOST_LEAD], host(cast))


@attempt(hosts.add_approval)
def _add_approval(cast: Cast):
    return by(cast[HOST_LEAD], host(cast), Approved(programme(cast), "The university", today()))


@attempt(hosts.remove_approval)
def _remove_approval(cast: Cast):
    approved = Approved(programme(cast), "The university", today())
    return by(cast[HOST_LEAD], hosts.add_approval(cast[LEAD], host(cast), approved))


@attempt(hosts.add_offer)
def _add_offer(cast: Cast):
    return by(cast[HOST_LEAD], host(cast), terms(cast))


@attempt(hosts.change_offer)
def _change_offer(cast: Cast):
    return by(cast[HOST_LEAD], offer(cast), terms(cast, most=3), 1)


@attempt(hosts.withdraw_offer)
def _withdraw_offer(cast: Cast):
    return by(cast[HOST_LEAD], offer(cast), today() + timedelta(weeks=2), "Their supervisor leaves.")


@attempt(hosts.bring_back_offer)
def _bring_back_offer(cast: Cast):
    offer_id = offer(cast)
    hosts.withdraw_offer(cast[LEAD], offer_id, today(), "Their supervisor leaves.")
    return by(cast[HOST_LEAD], offer_id)


@attempt(hosts.add_limit)
def _add_limit(cast: Cast):
    return by(cast[HOST_LEAD], offer(cast), Limit(today(), None, 0, 1))


@attempt(hosts.remove_limit)
def _remove_limit(cast: Cast):
    return by(cast[HOST_LEAD], hosts.add_limit(cast[LEAD], offer(cast), Limit(today(), None, 0, 1)))


@attempt(hosts.name_supervisor)
def _name_supervisor(cast: Cast):
    offer_id = offer(cast)
    return by(cast[HOST_LEAD], offer_id, supervisor(cast, offer_id), SupervisorKind.ASSESSOR)


@attempt(hosts.drop_supervisor)
def _drop_supervisor(cast: Cast):
    offer_id = offer(cast)
    return by(cast[HOST_LEAD], offer_id, supervisor(cast, offer_id), SupervisorKind.PRACTICE)


@attempt(answers.ask_hosts)
def _ask_hosts(cast: Cast):
    return by(cast[LEAD], placed(cast, offer(cast)).version_id)


@attempt(answers.remind_host)
def _remind_host(cast: Cast):
    return by(cast[LEAD], asked(cast))


@attempt(answers.end_link)
def _end_link(cast: Cast):
    return by(cast[LEAD], asked(cast))


@attempt(answers.answer_placement)
def _answer_placement(cast: Cast):
    return by(cast[HOST_LEAD], answer_of(cast, asked(cast)), Answer.ACCEPTED)


# Whoever holds the link may answer: it is nobody's account that decides.
@attempt(answers.answer_by_link, own=True)
def _answer_by_link(cast: Cast):
    asking_id = asked(cast)
    return by(cast[HOST_LEAD], _link(cast, asking_id), answer_of(cast, asking_id), Answer.ACCEPTED)


@attempt(answers.open_link, own=True)
def _open_link(cast: Cast):
    return by(cast[HOST_LEAD], _link(cast, asked(cast)))


@attempt(reciprocity.export_exchange, anywhere=True)
def _export_exchange(cast: Cast):
    return by(cast[LEAD])
