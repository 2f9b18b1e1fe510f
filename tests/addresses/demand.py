from tests.addresses import address
from tests.attempts import demand, leave, workbook
from tests.cast import Cast


@address("demand.show", "demand.add", "demand.copy", "demand.closures", alone=True)
def _site(cast: Cast):
    demand.line(cast)
    return {"site_id": cast.elm_site.id}


@address("demand.change", alone=True)
def _line(cast: Cast):
    return {"template_id": demand.line(cast)}


@address("leave.show", "leave.decline")
def _leave(cast: Cast):
    return {"absence_id": leave.asked_for(cast)}


@address("leave.come_back")
def _sickness(cast: Cast):
    call = leave._end_sickness(cast)
    return {"absence_id": call.args[0]}


@address("rulebook.show", "rulebook.change")
def _rule(cast: Cast):
    return {"code": "R21"}


@address("uploads.preview", alone=True)
def _upload(cast: Cast):
    return {"upload_id": workbook.uploaded(cast)}
