import pytest

from network.plumbing.settings import CannotStart, Environment, Settings, kept_secrets, new_secrets, plain_url

ADDRESS = "postgresql://app@server/quorate"


def environment(**changes):
    complete = {"DATABASE_URL": ADDRESS, "QUORATE_ADDRESS": "https://quorate.example.org", **new_secrets()}
    return {name: value for name, value in (complete | changes).items() if value is not None}


def test_production_is_what_runs_where_nothing_is_said():
    assert Settings.from_environment(environment()).environment is Environment.PRODUCTION


@pytest.mark.parametrize(
    "name", ["DATABASE_URL", "SECRET_KEY", "QUORATE_KEYS", "QUORATE_INDEX_KEY", "QUORATE_ADDRESS"]
)
@pytest.mark.parametrize("value", [None, "", "changeme", "a" * 64])
def test_production_refuses_a_missing_or_weak_value_by_its_name(name, value):
    with pytest.raises(CannotStart, match=name):
        Settings.from_environment(environment(**{name: value}))


def test_the_index_key_may_not_be_one_of_the_encryption_keys():
    key = new_secrets()["QUORATE_KEYS"]
    with pytest.raises(CannotStart, match="QUORATE_INDEX_KEY"):
        Settings.from_environment(environment(QUORATE_KEYS=key, QUORATE_INDEX_KEY=key))


def test_several_keys_are_kept_in_their_order():
    first, second = (new_secrets()["QUORATE_KEYS"] for _ in range(2))
    settings = Settings.from_environment(environment(QUORATE_KEYS=f"{first}, {second}"))
    assert settings.keys == (first, second)


@pytest.mark.parametrize(
    ("url", "is_taken"),
    [
        ("smtps://user:word@mail.example.org:465", True),
        ("smtp+starttls://user:word@mail.example.org", True),
        ("smtp://localhost:25", True),
        ("smtp://mail.example.org", False),
        ("mail.example.org:25", False),
    ],
)
def test_letters_leave_this_machine_over_a_sealed_line_only(url, is_taken):
    if is_taken:
        assert Settings.from_environment(environment(QUORATE_SMTP_URL=url)).smtp_url == url
        return
    with pytest.raises(CannotStart, match="QUORATE_SMTP_URL"):
        Settings.from_environment(environment(QUORATE_SMTP_URL=url))


def test_an_unknown_environment_is_refused():
    with pytest.raises(CannotStart, match="production, demo or test"):
        Settings.from_environment(environment(QUORATE_ENV="prod"))


def test_tests_need_no_secrets_of_their_own():
    settings = Settings.from_environment({"QUORATE_ENV": "test", "DATABASE_URL": ADDRESS})
    assert settings.secret_key


def test_secrets_are_not_shown_where_settings_are_printed():
    settings = Settings.from_environment(environment(DATABASE_URL="postgresql://app:hunter2@server/quorate"))
    assert "hunter2" not in repr(settings)
    assert settings.secret_key not in repr(settings)


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_a_database_address_may_be_spelt_in_three_ways(scheme):
    assert plain_url(f"{scheme}://app@server/quorate") == ADDRESS


def test_another_kind_of_database_is_refused():
    with pytest.raises(CannotStart, match="PostgreSQL"):
        plain_url("sqlite:///quorate.db")


def test_the_demo_keeps_its_secrets_between_starts_and_from_other_users(tmp_path):
    first = kept_secrets(tmp_path / "data")
    assert kept_secrets(tmp_path / "data") == first
    assert (tmp_path / "data" / "secrets.json").stat().st_mode & 0o077 == 0


PROVIDER = {
    "QUORATE_OIDC_ISSUER": "https://id.example.org",
    "QUORATE_OIDC_CLIENT_ID": "quorate",
    "QUORATE_OIDC_CLIENT_SECRET": "s3cret-of-the-client",
    "QUORATE_OIDC_NAME": "Example ID",
}


def test_a_provider_is_read_as_a_whole_or_not_at_all():
    assert Settings.from_environment(environment()).provider is None
    settings = Settings.from_environment(environment(**PROVIDER, QUORATE_OIDC_ACR="AAL3_ANY"))
    assert settings.provider.scopes == ("openid", "profile", "email")
    assert settings.provider.strong == ("AAL3_ANY",)
    assert "s3cret" not in repr(settings)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("QUORATE_OIDC_ISSUER", "http://id.example.org"),
        ("QUORATE_OIDC_CLIENT_ID", ""),
        ("QUORATE_OIDC_CLIENT_SECRET", " "),
        ("QUORATE_OIDC_NAME", ""),
        ("QUORATE_OIDC_SCOPES", "profile"),
    ],
)
def test_half_a_provider_is_refused_by_the_name_of_what_is_missing(name, value):
    with pytest.raises(CannotStart, match=name):
        Settings.from_environment(environment(**PROVIDER | {name: value}))
