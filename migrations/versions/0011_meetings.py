"""Meetings: what disciplines say, lists, decisions, actions, minutes and letters."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from network.plumbing.row_security import append_only, protect

revision = "0011"
down_revision = "0010"

PROTECTED = (
    "addendum",
    "agenda_item",
    "attendance",
    "contribution",
    "decision",
    "letter_head",
    "mdt_action",
    "mdt_letter",
    "meeting",
    "meeting_series",
    "meeting_visit",
    "minute_block",
    "panel_extra_field",
    "series_member",
    "telling",
)


def upgrade() -> None:
    op.create_table(
        "meeting_series",
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("purpose", sa.String(length=400), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("opening_minutes", sa.Integer(), nullable=False),
        sa.Column("closing_minutes", sa.Integer(), nullable=False),
        sa.Column("every_weeks", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("link", sa.String(length=300), nullable=False),
        sa.Column("quorum", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("chair_id", sa.Uuid(), nullable=True),
        sa.Column("minute_taker_id", sa.Uuid(), nullable=True),
        sa.Column("is_ended", sa.Boolean(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("every_weeks > 0", name=op.f("ck_meeting_series_every_weeks")),
        sa.CheckConstraint(
            "minutes > opening_minutes + closing_minutes", name=op.f("ck_meeting_series_minutes")
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["organisation.id"], name=op.f("fk_meeting_series_network_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_series")),
    )
    op.create_index(op.f("ix_meeting_series_network_id"), "meeting_series", ["network_id"], unique=False)
    op.create_table(
        "panel_extra_field",
        sa.Column("discipline", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("label", sa.String(length=120), nullable=False),
        sa.Column("hint", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("choices", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id"], ["organisation.id"], name=op.f("fk_panel_extra_field_network_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_panel_extra_field")),
        sa.UniqueConstraint(
            "network_id", "discipline", "name", name=op.f("uq_panel_extra_field_network_id_discipline_name")
        ),
    )
    op.create_index(
        op.f("ix_panel_extra_field_network_id"), "panel_extra_field", ["network_id"], unique=False
    )
    op.create_table(
        "meeting",
        sa.Column("series_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("opening_minutes", sa.Integer(), nullable=False),
        sa.Column("closing_minutes", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("link", sa.String(length=300), nullable=False),
        sa.Column("quorum", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("chair_id", sa.Uuid(), nullable=True),
        sa.Column("chair", sa.String(length=120), nullable=False),
        sa.Column("minute_taker_id", sa.Uuid(), nullable=True),
        sa.Column("minute_taker", sa.String(length=120), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_by", sa.String(length=120), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("signed_by", sa.String(length=120), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("change_number", sa.Integer(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id"], ["organisation.id"], name=op.f("fk_meeting_network_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["series_id"], ["meeting_series.id"], name=op.f("fk_meeting_series_id_meeting_series")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
        sa.UniqueConstraint("series_id", "starts_at", name=op.f("uq_meeting_series_id_starts_at")),
    )
    op.create_index(op.f("ix_meeting_chair_id"), "meeting", ["chair_id"], unique=False)
    op.create_index(op.f("ix_meeting_network_id"), "meeting", ["network_id"], unique=False)
    op.create_index(op.f("ix_meeting_series_id"), "meeting", ["series_id"], unique=False)
    op.create_index(op.f("ix_meeting_starts_at"), "meeting", ["starts_at"], unique=False)
    op.create_table(
        "series_member",
        sa.Column("series_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("discipline", sa.String(length=40), nullable=False),
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id"], ["organisation.id"], name=op.f("fk_series_member_network_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_series_member_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["series_id"], ["meeting_series.id"], name=op.f("fk_series_member_series_id_meeting_series")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_series_member")),
        sa.UniqueConstraint("series_id", "account_id", name=op.f("uq_series_member_series_id_account_id")),
    )
    op.create_index(op.f("ix_series_member_network_id"), "series_member", ["network_id"], unique=False)
    op.create_index(op.f("ix_series_member_series_id"), "series_member", ["series_id"], unique=False)
    op.create_table(
        "agenda_item",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("planned_minutes", sa.Double(), nullable=False),
        sa.Column("minutes_fixed", sa.Boolean(), nullable=False),
        sa.Column("borrowed_minutes", sa.Double(), nullable=False),
        sa.Column("presenter", sa.String(length=120), nullable=False),
        sa.Column("invited", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("added_by", sa.String(length=120), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("late_reason", sa.Text(), nullable=False),
        sa.Column("carried_before", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seconds_taken", sa.Integer(), nullable=False),
        sa.Column("view_heard", sa.String(length=40), nullable=True),
        sa.Column("checklist", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("planned_minutes > 0", name=op.f("ck_agenda_item_minutes")),
        sa.ForeignKeyConstraint(["case_id"], ["mdt_case.id"], name=op.f("fk_agenda_item_case_id_mdt_case")),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_agenda_item_meeting_id_meeting")
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["organisation.id"], name=op.f("fk_agenda_item_network_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_item")),
        sa.UniqueConstraint("meeting_id", "case_id", name=op.f("uq_agenda_item_meeting_id_case_id")),
    )
    op.create_index(op.f("ix_agenda_item_case_id"), "agenda_item", ["case_id"], unique=False)
    op.create_index(op.f("ix_agenda_item_meeting_id"), "agenda_item", ["meeting_id"], unique=False)
    op.create_index(op.f("ix_agenda_item_network_id"), "agenda_item", ["network_id"], unique=False)
    op.create_table(
        "attendance",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("discipline", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("deputy", sa.String(length=120), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("from_position", sa.Integer(), nullable=True),
        sa.Column("to_position", sa.Integer(), nullable=True),
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_attendance_meeting_id_meeting")
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["organisation.id"], name=op.f("fk_attendance_network_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_attendance_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance")),
        sa.UniqueConstraint("meeting_id", "account_id", name=op.f("uq_attendance_meeting_id_account_id")),
    )
    op.create_index(op.f("ix_attendance_account_id"), "attendance", ["account_id"], unique=False)
    op.create_index(op.f("ix_attendance_meeting_id"), "attendance", ["meeting_id"], unique=False)
    op.create_index(op.f("ix_attendance_network_id"), "attendance", ["network_id"], unique=False)
    op.create_table(
        "contribution",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("discipline", sa.String(length=40), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("panel_version", sa.String(length=20), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("offer", sa.Text(), nullable=False),
        sa.Column("need", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("has_met", sa.Boolean(), nullable=True),
        sa.Column("last_seen_on", sa.Date(), nullable=True),
        sa.Column("visibility", sa.String(length=40), nullable=False),
        sa.Column("named", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("asked_by", sa.String(length=120), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("given_by", sa.String(length=120), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["mdt_case.id"], name=op.f("fk_contribution_case_id_mdt_case")),
        sa.ForeignKeyConstraint(
            ["network_id"], ["organisation.id"], name=op.f("fk_contribution_network_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_contribution_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contribution")),
    )
    op.create_index(op.f("ix_contribution_account_id"), "contribution", ["account_id"], unique=False)
    op.create_index(op.f("ix_contribution_case_id"), "contribution", ["case_id"], unique=False)
    op.create_index(op.f("ix_contribution_network_id"), "contribution", ["network_id"], unique=False)
    op.create_index(
        op.f("ix_contribution_organisation_id"), "contribution", ["organisation_id"], unique=False
    )
    op.create_table(
        "decision",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("rationale", sa.Text(), nullable=False),
        sa.Column("put_aside", sa.Text(), nullable=False),
        sa.Column("dissent", sa.Text(), nullable=False),
        sa.Column("agreed_by", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("read_back_by", sa.String(length=120), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("replaces_id", sa.Uuid(), nullable=True),
        sa.Column("signed_by", sa.String(length=120), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["mdt_case.id"], name=op.f("fk_decision_case_id_mdt_case")),
        sa.ForeignKeyConstraint(
            ["item_id"], ["agenda_item.id"], name=op.f("fk_decision_item_id_agenda_item")
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["organisation.id"], name=op.f("fk_decision_network_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["replaces_id"], ["decision.id"], name=op.f("fk_decision_replaces_id_decision")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
        sa.UniqueConstraint("replaces_id", name=op.f("uq_decision_replaces_id")),
    )
    op.create_index(op.f("ix_decision_case_id"), "decision", ["case_id"], unique=False)
    op.create_index(op.f("ix_decision_item_id"), "decision", ["item_id"], unique=False)
    op.create_index(op.f("ix_decision_network_id"), "decision", ["network_id"], unique=False)
    op.create_table(
        "minute_block",
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("keys", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("by", sa.String(length=120), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["agenda_item.id"], name=op.f("fk_minute_block_item_id_agenda_item")
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["organisation.id"], name=op.f("fk_minute_block_network_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minute_block")),
        sa.UniqueConstraint("item_id", "name", name=op.f("uq_minute_block_item_id_name")),
    )
    op.create_index(op.f("ix_minute_block_item_id"), "minute_block", ["item_id"], unique=False)
    op.create_index(op.f("ix_minute_block_network_id"), "minute_block", ["network_id"], unique=False)
    op.create_table(
        "meeting_visit",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_meeting_visit_meeting_id_meeting")
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["organisation.id"], name=op.f("fk_meeting_visit_network_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_visit")),
        sa.UniqueConstraint("meeting_id", "account_id", name=op.f("uq_meeting_visit_meeting_id_account_id")),
    )
    op.create_index(op.f("ix_meeting_visit_network_id"), "meeting_visit", ["network_id"], unique=False)
    op.create_table(
        "addendum",
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("by", sa.String(length=120), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_addendum_decision_id_decision")
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["organisation.id"], name=op.f("fk_addendum_network_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_addendum")),
    )
    op.create_index(op.f("ix_addendum_decision_id"), "addendum", ["decision_id"], unique=False)
    op.create_index(op.f("ix_addendum_network_id"), "addendum", ["network_id"], unique=False)
    op.create_table(
        "mdt_action",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("decision_id", sa.Uuid(), nullable=True),
        sa.Column("item_id", sa.Uuid(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("owner", sa.String(length=120), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("discipline", sa.String(length=40), nullable=True),
        sa.Column("to_be_told", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("not_done", sa.String(length=40), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("follows_id", sa.Uuid(), nullable=True),
        sa.Column("made_by", sa.String(length=120), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.String(length=120), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "owner_id is not null or organisation_id is not null", name=op.f("ck_mdt_action_owner")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["mdt_case.id"], name=op.f("fk_mdt_action_case_id_mdt_case")),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_mdt_action_decision_id_decision")
        ),
        sa.ForeignKeyConstraint(
            ["follows_id"], ["mdt_action.id"], name=op.f("fk_mdt_action_follows_id_mdt_action")
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["agenda_item.id"], name=op.f("fk_mdt_action_item_id_agenda_item")
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["organisation.id"], name=op.f("fk_mdt_action_network_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_mdt_action_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mdt_action")),
    )
    op.create_index(op.f("ix_mdt_action_case_id"), "mdt_action", ["case_id"], unique=False)
    op.create_index(op.f("ix_mdt_action_decision_id"), "mdt_action", ["decision_id"], unique=False)
    op.create_index(op.f("ix_mdt_action_item_id"), "mdt_action", ["item_id"], unique=False)
    op.create_index(op.f("ix_mdt_action_network_id"), "mdt_action", ["network_id"], unique=False)
    op.create_index(op.f("ix_mdt_action_organisation_id"), "mdt_action", ["organisation_id"], unique=False)
    op.create_index(op.f("ix_mdt_action_owner_id"), "mdt_action", ["owner_id"], unique=False)
    op.create_index(op.f("ix_mdt_action_state"), "mdt_action", ["state"], unique=False)
    op.create_table(
        "letter_head",
        sa.Column("team", sa.String(length=120), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("hours", sa.String(length=120), nullable=False),
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id"], ["organisation.id"], name=op.f("fk_letter_head_network_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_head")),
        sa.UniqueConstraint("network_id", name=op.f("uq_letter_head_network_id")),
    )
    op.create_index(op.f("ix_letter_head_network_id"), "letter_head", ["network_id"], unique=False)
    op.create_table(
        "mdt_letter",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("decision_id", sa.Uuid(), nullable=True),
        sa.Column("audience", sa.String(length=40), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("is_safe", sa.Boolean(), nullable=True),
        sa.Column("held_reason", sa.Text(), nullable=False),
        sa.Column("made_by", sa.String(length=120), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("given_how", sa.String(length=40), nullable=True),
        sa.Column("given_by", sa.String(length=120), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["mdt_case.id"], name=op.f("fk_mdt_letter_case_id_mdt_case")),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_mdt_letter_decision_id_decision")
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["organisation.id"], name=op.f("fk_mdt_letter_network_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_mdt_letter_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mdt_letter")),
    )
    op.create_index(op.f("ix_mdt_letter_case_id"), "mdt_letter", ["case_id"], unique=False)
    op.create_index(op.f("ix_mdt_letter_decision_id"), "mdt_letter", ["decision_id"], unique=False)
    op.create_index(op.f("ix_mdt_letter_network_id"), "mdt_letter", ["network_id"], unique=False)
    op.create_table(
        "telling",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("decision_id", sa.Uuid(), nullable=True),
        sa.Column("letter_id", sa.Uuid(), nullable=True),
        sa.Column("audience", sa.String(length=40), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("whom", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.Column("told_how", sa.String(length=40), nullable=True),
        sa.Column("told_by", sa.String(length=120), nullable=False),
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["mdt_case.id"], name=op.f("fk_telling_case_id_mdt_case")),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_telling_decision_id_decision")
        ),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["mdt_letter.id"], name=op.f("fk_telling_letter_id_mdt_letter")
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["organisation.id"], name=op.f("fk_telling_network_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_telling_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_telling")),
    )
    op.create_index(op.f("ix_telling_case_id"), "telling", ["case_id"], unique=False)
    op.create_index(op.f("ix_telling_decision_id"), "telling", ["decision_id"], unique=False)
    op.create_index(op.f("ix_telling_network_id"), "telling", ["network_id"], unique=False)
    for table in PROTECTED:
        for statement in protect(table):
            op.execute(statement)
    for statement in append_only("addendum"):
        op.execute(statement)


def downgrade() -> None:
    op.drop_index(op.f("ix_telling_network_id"), table_name="telling")
    op.drop_index(op.f("ix_telling_decision_id"), table_name="telling")
    op.drop_index(op.f("ix_telling_case_id"), table_name="telling")
    op.drop_table("telling")
    op.drop_index(op.f("ix_mdt_letter_network_id"), table_name="mdt_letter")
    op.drop_index(op.f("ix_mdt_letter_decision_id"), table_name="mdt_letter")
    op.drop_index(op.f("ix_mdt_letter_case_id"), table_name="mdt_letter")
    op.drop_table("mdt_letter")
    op.drop_index(op.f("ix_letter_head_network_id"), table_name="letter_head")
    op.drop_table("letter_head")
    op.drop_index(op.f("ix_mdt_action_state"), table_name="mdt_action")
    op.drop_index(op.f("ix_mdt_action_owner_id"), table_name="mdt_action")
    op.drop_index(op.f("ix_mdt_action_organisation_id"), table_name="mdt_action")
    op.drop_index(op.f("ix_mdt_action_network_id"), table_name="mdt_action")
    op.drop_index(op.f("ix_mdt_action_item_id"), table_name="mdt_action")
    op.drop_index(op.f("ix_mdt_action_decision_id"), table_name="mdt_action")
    op.drop_index(op.f("ix_mdt_action_case_id"), table_name="mdt_action")
    op.drop_table("mdt_action")
    op.drop_index(op.f("ix_addendum_network_id"), table_name="addendum")
    op.drop_index(op.f("ix_addendum_decision_id"), table_name="addendum")
    op.drop_table("addendum")
    op.drop_index(op.f("ix_meeting_visit_network_id"), table_name="meeting_visit")
    op.drop_table("meeting_visit")
    op.drop_index(op.f("ix_minute_block_network_id"), table_name="minute_block")
    op.drop_index(op.f("ix_minute_block_item_id"), table_name="minute_block")
    op.drop_table("minute_block")
    op.drop_index(op.f("ix_decision_network_id"), table_name="decision")
    op.drop_index(op.f("ix_decision_item_id"), table_name="decision")
    op.drop_index(op.f("ix_decision_case_id"), table_name="decision")
    op.drop_table("decision")
    op.drop_index(op.f("ix_contribution_organisation_id"), table_name="contribution")
    op.drop_index(op.f("ix_contribution_network_id"), table_name="contribution")
    op.drop_index(op.f("ix_contribution_case_id"), table_name="contribution")
    op.drop_index(op.f("ix_contribution_account_id"), table_name="contribution")
    op.drop_table("contribution")
    op.drop_index(op.f("ix_attendance_network_id"), table_name="attendance")
    op.drop_index(op.f("ix_attendance_meeting_id"), table_name="attendance")
    op.drop_index(op.f("ix_attendance_account_id"), table_name="attendance")
    op.drop_table("attendance")
    op.drop_index(op.f("ix_agenda_item_network_id"), table_name="agenda_item")
    op.drop_index(op.f("ix_agenda_item_meeting_id"), table_name="agenda_item")
    op.drop_index(op.f("ix_agenda_item_case_id"), table_name="agenda_item")
    op.drop_table("agenda_item")
    op.drop_index(op.f("ix_series_member_series_id"), table_name="series_member")
    op.drop_index(op.f("ix_series_member_network_id"), table_name="series_member")
    op.drop_table("series_member")
    op.drop_index(op.f("ix_meeting_starts_at"), table_name="meeting")
    op.drop_index(op.f("ix_meeting_series_id"), table_name="meeting")
    op.drop_index(op.f("ix_meeting_network_id"), table_name="meeting")
    op.drop_index(op.f("ix_meeting_chair_id"), table_name="meeting")
    op.drop_table("meeting")
    op.drop_index(op.f("ix_panel_extra_field_network_id"), table_name="panel_extra_field")
    op.drop_table("panel_extra_field")
    op.drop_index(op.f("ix_meeting_series_network_id"), table_name="meeting_series")
    op.drop_table("meeting_series")
    op.execute("drop function refuse_change_of_addendum()")
