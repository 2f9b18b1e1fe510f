"""The question of the page that takes a rota's sheet."""

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired


class SheetForm(FlaskForm):  # type: ignore[misc]
    workbook = FileField("Workbook", [FileRequired("Choose the workbook that holds the rota.")])
