"""What is asked to take a list of services in."""

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired


class UploadForm(FlaskForm):  # type: ignore[misc]
    """A list as a file."""

    file = FileField("CSV file", validators=[FileRequired("Choose the file.")])
