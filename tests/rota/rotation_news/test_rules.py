from datetime import timedelta

from rota.rotation_news.rules import News, ended
from rota.rotations.rules import PlacementState
from tests.rota.rotation_makers import AMY, MONDAY, OAK, held


def test_only_what_differs_is_news() -> None:
    there = held(state=PlacementState.CONFIRMED)
    again = held()
    assert not News(AMY, "Amy", (there,), (again,)).is_news
    moved = held(offer=OAK)
    news = News(AMY, "Amy", (there,), (moved,))
    assert (news.gone, news.new) == ((there,), (moved,))


def test_a_reason_is_wanted_on_short_notice_unless_one_was_given() -> None:
    there, moved = held(), held(offer=OAK)
    assert News(AMY, "Amy", (there,), (moved,), MONDAY, 12).wants_reason
    explained = held(offer=OAK, reason="The surgery closes")
    assert not News(AMY, "Amy", (there,), (explained,), MONDAY, 12).wants_reason
    assert not News(AMY, "Amy", (there,), (moved,)).wants_reason


def test_what_had_begun_ends_early_and_what_had_not_is_changed() -> None:
    told = held(state=PlacementState.CONFIRMED)
    assert ended(told, MONDAY) is PlacementState.ENDED_EARLY
    assert ended(told, MONDAY - timedelta(1)) is PlacementState.CHANGED
