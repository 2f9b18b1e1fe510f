from dataclasses import replace

import pytest
import yaml

from network.access.rules import Role
from network.vocabulary import JobRole
from rota.programme_packs import queries
from rota.programme_packs.commands import take_differences, use_pack
from rota.programme_packs.queries import PACKS, differences_with, get_pack, newer_pack, packs
from rota.programme_packs.rules import differences, pack_of, taken
from rota.programme_packs.wording import WORDS, difference_said
from rota.programmes.commands import change_programme, change_requirement
from rota.programmes.queries import as_design, get_programme_for, requirements_of
from tests.cast import Cast, client_for
from tests.rota.training_scene import LEAD, programme, requirement

RAW = yaml.safe_load((PACKS / "nursing_degree.yaml").read_text())


def test_each_kind_of_learner_has_a_programme_whose_numbers_have_a_source_or_are_said_to_be_local() -> None:
    assert {pack.design.role for pack in packs().values()} == {
        JobRole.GP_REGISTRAR,
        JobRole.TRAINEE_PHARMACIST,
        JobRole.FOUNDATION_DENTIST,
        JobRole.TRAINEE_OPTOMETRIST,
        JobRole.ASYE_SOCIAL_WORKER,
        JobRole.STUDENT_NURSE,
    }
    fixed = {key for key, pack in packs().items() if pack.design.has_fixed_base}
    assert fixed == {"dental_foundation", "clip_optometry", "asye_social_work"}
    for key in fixed:
        assert packs()[key].design.exposure_total


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"weeks": 0}, "nursing_degree: Enter a number of weeks"),
        ({"source": ""}, "nursing_degree: say where its numbers come from"),
        ({"version": 0}, "nursing_degree: give the pack's version"),
        ({"local_settings": ["wekks"]}, "nursing_degree: wekks is not a setting"),
        ({"requirements": []}, "nursing_degree: Nothing is required"),
    ],
)
def test_a_pack_that_does_not_fit_is_refused_by_name(changed, said) -> None:
    with pytest.raises(ValueError, match=said):
        pack_of({**RAW, **changed})


def test_taking_every_difference_gives_the_known_programme_and_taking_none_changes_nothing() -> None:
    pack = get_pack("trainee_pharmacist")
    mine = replace(pack.design, weeks=60, breadth=5, local_settings=frozenset())
    own = [
        replace(pack.requirements[0], most_weeks=26, after=()),
        replace(pack.requirements[1], key="clinic", name="Clinic"),
    ]
    found = differences(mine, own, pack)
    assert taken(mine, own, []) == (mine, {})
    design, changed = taken(mine, own, found)
    assert design == pack.design
    became = {each.key: each for each in own} | changed
    assert {key: each for key, each in became.items() if each} == {
        each.key: each for each in pack.requirements
    }
    assert all(all(difference_said(each, {})) for each in found)


def test_each_setting_that_can_differ_has_a_name() -> None:
    pack = get_pack("nursing_degree")
    settings = {*vars(pack.design), *vars(pack.requirements[0])} - {"role", "key"}
    assert settings == set(WORDS)


def test_a_later_version_is_offered_and_never_writes_over_what_the_network_changed(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    programme_id, lead = use_pack(cast[LEAD], "nursing_degree"), cast[LEAD]
    row = get_programme_for(lead, programme_id)
    assert newer_pack(row) is None
    assert differences_with(row) == []
    change_programme(lead, programme_id, replace(as_design(row), breadth=5), row.row_version)
    ward = requirement(cast, "hospital")
    change_requirement(lead, ward.id, replace(requirements_of(row)[2], most_weeks=18))
    pack = get_pack("nursing_degree")
    later = replace(pack, version=2, design=replace(pack.design, weeks=26))
    monkeypatch.setattr(queries, "packs", lambda: {"nursing_degree": later})
    assert newer_pack(row) == later
    assert "Compare Nursing degree" in client_for(cast, LEAD).get("/").text
    assert "Compare Nursing degree" not in client_for(cast, Role.HOST_LEAD).get("/").text
    assert {each.key for each in differences_with(row)} == {
        "programme.weeks",
        "programme.breadth",
        "hospital.most_weeks",
    }
    assert take_differences(lead, programme_id, {"programme.weeks"}, 2) == 1
    row = get_programme_for(lead, programme(cast))
    assert (row.weeks, row.breadth, requirement(cast, "hospital").most_weeks) == (26, 5, 18)
    assert newer_pack(row) is None
