"""The sheet of demand as it would be written now."""

from network.access.rules import Actor
from network.organisations.queries import sites_for
from network.plumbing.database import today
from rota.demand.queries import templates_for_planning
from rota.staff.queries import competencies
from rota.workbook.queries import LATER


def demand_rows(actor: Actor) -> list[dict[str, object]]:
    """Give the rows of the sheet of demand: lines that hold, and those to come."""
    sites = {site.id: site for site in sites_for(actor)}
    labels = {code: competency.label for code, competency in competencies().items()}
    return [
        {
            "site": sites[line.site_id].code,
            "session": line.want.session.said,
            "role_group": line.want.role_group.label,
            "activity": line.want.activity.label,
            "minimum": line.want.minimum,
            "desired": line.want.desired,
            "maximum": line.want.maximum,
            "room": line.want.room.label if line.want.room else "",
            "funding": line.want.funding.label,
            "competencies": ", ".join(labels.get(code, code) for code in line.want.competencies),
            "starts_on": line.want.starts_on,
            "ends_on": line.want.ends_on,
        }
        for line in templates_for_planning(today(), LATER)
        if line.site_id in sites
    ]
