"""The screen of a room, as tests hold it."""

from flask.testing import FlaskClient

from network.access.rules import Role
from tests.cast import Cast, client_for

CHAIR = Role.CHAIR


JSON = {"Accept": "application/json"}


class Screen:
    """The screen of a room, as one of the cast has it open."""

    def __init__(self, cast: Cast, meeting, role: Role = CHAIR) -> None:
        self.client: FlaskClient = client_for(cast, role)
        self.base = f"/meetings/{meeting.id}/run"

    def get(self, path: str):
        return self.client.get(self.base + path, headers=JSON)

    def post(self, path: str, body: object = None):
        return self.client.post(self.base + path, json={} if body is None else body, headers=JSON)

    def state(self) -> dict:
        return self.get("/pulse").json


def block(words: str, seen: int = 0, key: str = "one", name: str = "decision") -> dict:
    return {"name": name, "words": words, "seen": seen, "key": key}
