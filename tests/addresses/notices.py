from network.access.rules import Role
from tests.addresses import address
from tests.cast import Cast
from tests.rota import scene


@address("notices.show", "publishing.untold", alone=True)
def _told(cast: Cast):
    return {"version_id": scene.publish_for(cast, Role.STAFF).id}
