"""The question of the import page."""

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired


class WorkbookForm(FlaskForm):  # type: ignore[misc]
    workbook = FileField("Workbook", [FileRequired("Choose the workbook that you filled in.")])
