from sqlalchemy import Enum, String

from rota.bundles.records import Bundle


def test_no_column_of_a_bundle_takes_words_about_anybody() -> None:
    text = [column for column in Bundle.__table__.columns if isinstance(column.type, String)]
    assert [column.name for column in text] == ["priority"]
    assert all(isinstance(column.type, Enum) for column in text)
