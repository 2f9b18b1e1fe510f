"""What the register's page asks of those who may change how the network shares."""

from flask_wtf import FlaskForm

from mdt.sharing.rules import SharingMode
from network.plumbing.fields import word_field


class ModeForm(FlaskForm):  # type: ignore[misc]
    """What a network asks for before a case may be submitted."""

    mode = word_field("Before anybody is referred", SharingMode)
