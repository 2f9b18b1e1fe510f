import io

import pytest
from sqlalchemy import func, select

from network.access.rules import Role
from network.accounts.records import Account
from network.plumbing.database import db, in_network
from rota.leave.records import Absence
from rota.staff.records import RotaMember
from rota.uploads import commands
from rota.uploads.records import WorkbookUpload
from rota.uploads.rules import UploadState
from rota.uploads.tasks import rehearse, write
from tests.cast import Cast, client_for
from tests.makers import make_network
from tests.rota.workbook.sheets import AMY, BEN, STAFF, changed, make_workbook

MANAGER = Role.WORKFORCE_MANAGER


@pytest.fixture(autouse=True)
def _two_rows_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commands, "ROWS_AT_ONCE", 1)


def uploaded(cast: Cast, **sheets) -> str:
    client = client_for(cast, MANAGER)
    answer = client.post("/import", data={"workbook": (io.BytesIO(make_workbook(**sheets)), "long.xlsx")})
    assert answer.status_code == 303
    return answer.location


def upload(cast: Cast) -> WorkbookUpload:
    with in_network(cast.network.id):
        return db.session.scalars(select(WorkbookUpload).execution_options(populate_existing=True)).one()


def run(cast: Cast, task) -> None:
    with in_network(cast.network.id):
        task(cast.network.id, upload_id=upload(cast).id)


def members(cast: Cast) -> int:
    with in_network(cast.network.id):
        return db.session.scalar(select(func.count()).select_from(RotaMember)) or 0


def test_a_long_workbook_is_read_and_written_by_a_worker_while_its_page_tells_how_far_it_is(
    cast: Cast,
) -> None:
    client, address = client_for(cast, MANAGER), uploaded(cast, Staff=[STAFF, AMY, BEN])
    assert "2 rows take a while" in client.get(address).text
    assert "HX-Redirect" not in client.get(f"{address}/progress").headers
    run(cast, rehearse)
    assert client.get(f"{address}/progress").headers["HX-Redirect"].endswith(address)
    assert "Confirm and import 2 rows" in client.get(address).text
    assert members(cast) == 0
    client.post(f"{address}/confirm")
    assert upload(cast).state is UploadState.WRITING
    assert client.post(f"{address}/discard").status_code == 409
    run(cast, write)
    assert "The workbook is imported: 2 rows written." in client.get(address).text
    assert members(cast) == 2


def test_work_that_comes_twice_is_done_once(cast: Cast) -> None:
    client, address = client_for(cast, MANAGER), uploaded(cast, Staff=[STAFF, AMY, BEN])
    run(cast, rehearse)
    run(cast, rehearse)
    client.post(f"{address}/confirm")
    run(cast, write)
    run(cast, write)
    assert (members(cast), upload(cast).state) == (2, UploadState.DONE)
    assert not upload(cast).content


def test_problems_of_a_long_workbook_are_shown_and_stop_it(cast: Cast) -> None:
    client = client_for(cast, MANAGER)
    address = uploaded(cast, Staff=[STAFF, AMY, changed(BEN, STAFF, Employer="Moon Surgery"), BEN])
    run(cast, rehearse)
    assert "There is no organisation &#39;Moon Surgery&#39;" in client.get(address).text
    assert client.post(f"{address}/confirm").status_code == 409


def test_what_does_not_fit_any_more_when_it_is_written_is_shown_again(cast: Cast) -> None:
    client = client_for(cast, MANAGER)
    leave = [["Name", "From", "To"], ["Amy Example", "1/6/2027", "4/6/2027"]]
    address = uploaded(cast, Staff=[STAFF, AMY], Leave=leave)
    run(cast, rehearse)
    client.post(f"{address}/confirm")
    with in_network(cast.network.id):
        upload(cast).content = make_workbook(Staff=[STAFF, changed(AMY, STAFF, Employer="Moon Surgery"), BEN])
        db.session.commit()
    run(cast, write)
    assert upload(cast).state is UploadState.READY
    assert "1 problem" in client.get(address).text
    with in_network(cast.network.id):
        assert db.session.scalars(select(Absence)).all() == []


@pytest.mark.parametrize("how", ["another network", "account closed"])
def test_who_may_not_import_here_any_more_imports_nothing(cast: Cast, how: str) -> None:
    client, address = client_for(cast, MANAGER), uploaded(cast, Staff=[STAFF, AMY, BEN])
    run(cast, rehearse)
    client.post(f"{address}/confirm")
    account = db.session.get_one(Account, cast[MANAGER].account_id)
    if how == "account closed":
        account.active = False
    else:
        elsewhere = make_network("Another").id
        for grant in account.grants:
            grant.network_id = grant.organisation_id = elsewhere
    db.session.commit()
    run(cast, write)
    assert (members(cast), upload(cast).state) == (0, UploadState.WRITING)


def test_a_fault_is_told_in_a_sentence(cast: Cast) -> None:
    client, address = client_for(cast, MANAGER), uploaded(cast, Staff=[STAFF, AMY, BEN])
    with in_network(cast.network.id):
        upload(cast).content = b"no workbook any more"
        db.session.commit()
    run(cast, rehearse)
    assert upload(cast).state is UploadState.FAILED
    assert "This is not an Excel workbook." in client.get(address).text
