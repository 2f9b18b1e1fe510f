"""The meeting wing's front door: people, sharing, what they said, and cases."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from network.plumbing.row_security import append_only, protect

revision = "0010"
down_revision = "0009"

PROTECTED = (
    "care_relation",
    "carer",
    "case_event",
    "disclosure",
    "mdt_case",
    "meeting_settings",
    "objection_record",
    "patient",
    "patient_name_beginning",
    "patient_need",
    "sharing_record",
    "statement",
)
# What may matter in court is added to, never changed.
APPEND_ONLY = ("case_event", "disclosure", "objection_record", "sharing_record")


def upgrade() -> None:
    op.create_table(
        "meeting_settings",
        sa.Column("sharing_mode", sa.String(length=40), nullable=False),
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id"], ["organisation.id"], name=op.f("fk_meeting_settings_network_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_settings")),
        sa.UniqueConstraint("network_id", name=op.f("uq_meeting_settings_network_id")),
    )
    op.create_index(op.f("ix_meeting_settings_network_id"), "meeting_settings", ["network_id"], unique=False)
    op.create_table(
        "patient",
        sa.Column("nhs_number", sa.Text(), nullable=True),
        sa.Column("nhs_index", sa.String(length=64), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("family_name", sa.Text(), nullable=False),
        sa.Column("given_name", sa.Text(), nullable=False),
        sa.Column("preferred_name", sa.Text(), nullable=False),
        sa.Column("born", sa.Text(), nullable=False),
        sa.Column("born_index", sa.String(length=64), nullable=False),
        sa.Column("sex", sa.String(length=40), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("postcode", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("care_home", sa.Text(), nullable=False),
        sa.Column("practice_id", sa.Uuid(), nullable=True),
        sa.Column("letter_format", sa.String(length=40), nullable=False),
        sa.Column("language", sa.String(length=60), nullable=False),
        sa.Column("lives_alone", sa.Boolean(), nullable=True),
        sa.Column("housebound", sa.Boolean(), nullable=True),
        sa.Column("died_on", sa.Date(), nullable=True),
        sa.Column("made_by", sa.String(length=120), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id"], ["organisation.id"], name=op.f("fk_patient_network_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["organisation.id"], name=op.f("fk_patient_practice_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patient")),
        sa.UniqueConstraint("network_id", "nhs_index", name=op.f("uq_patient_network_id_nhs_index")),
    )
    op.create_index(op.f("ix_patient_born_index"), "patient", ["born_index"], unique=False)
    op.create_index(op.f("ix_patient_network_id"), "patient", ["network_id"], unique=False)
    op.create_table(
        "care_relation",
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("discipline", sa.String(length=40), nullable=True),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("from_id", sa.Uuid(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("made_by", sa.String(length=120), nullable=False),
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "organisation_id is not null or account_id is not null", name=op.f("ck_care_relation_somebody")
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["organisation.id"], name=op.f("fk_care_relation_network_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_care_relation_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patient.id"], name=op.f("fk_care_relation_patient_id_patient")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_care_relation")),
    )
    op.create_index(op.f("ix_care_relation_account_id"), "care_relation", ["account_id"], unique=False)
    op.create_index(op.f("ix_care_relation_from_id"), "care_relation", ["from_id"], unique=False)
    op.create_index(op.f("ix_care_relation_network_id"), "care_relation", ["network_id"], unique=False)
    op.create_index(
        op.f("ix_care_relation_organisation_id"), "care_relation", ["organisation_id"], unique=False
    )
    op.create_index(op.f("ix_care_relation_patient_id"), "care_relation", ["patient_id"], unique=False)
    op.create_table(
        "carer",
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("relation", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("patient_agrees", sa.Boolean(), nullable=True),
        sa.Column("own_needs", sa.Text(), nullable=False),
        sa.Column("assessment", sa.String(length=40), nullable=False),
        sa.Column("contingency", sa.Text(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id"], ["organisation.id"], name=op.f("fk_carer_network_id_organisation")
        ),
        sa.ForeignKeyConstraint(["patient_id"], ["patient.id"], name=op.f("fk_carer_patient_id_patient")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_carer")),
    )
    op.create_index(op.f("ix_carer_network_id"), "carer", ["network_id"], unique=False)
    op.create_index(op.f("ix_carer_patient_id"), "carer", ["patient_id"], unique=False)
    op.create_table(
        "disclosure",
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("told", sa.String(length=160), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("what", sa.String(length=80), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id"], ["organisation.id"], name=op.f("fk_disclosure_network_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_disclosure_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patient.id"], name=op.f("fk_disclosure_patient_id_patient")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disclosure")),
    )
    op.create_index(op.f("ix_disclosure_network_id"), "disclosure", ["network_id"], unique=False)
    op.create_index(op.f("ix_disclosure_patient_id"), "disclosure", ["patient_id"], unique=False)
    op.create_table(
        "mdt_case",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("referrer_id", sa.Uuid(), nullable=True),
        sa.Column("referrer", sa.String(length=120), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("situation", sa.Text(), nullable=False),
        sa.Column("background", sa.Text(), nullable=False),
        sa.Column("pasted", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("wants", sa.Text(), nullable=False),
        sa.Column("why_not_asked", sa.Text(), nullable=False),
        sa.Column("urgency", sa.String(length=40), nullable=False),
        sa.Column("stream", sa.String(length=40), nullable=False),
        sa.Column("risks", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("coordinator_id", sa.Uuid(), nullable=True),
        sa.Column("coordinator", sa.String(length=120), nullable=False),
        sa.Column("lead_id", sa.Uuid(), nullable=True),
        sa.Column("lead", sa.String(length=120), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.String(length=120), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("review_due", sa.Date(), nullable=True),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("closed_why", sa.Text(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id"], ["organisation.id"], name=op.f("fk_mdt_case_network_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_mdt_case_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["patient_id"], ["patient.id"], name=op.f("fk_mdt_case_patient_id_patient")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mdt_case")),
        sa.UniqueConstraint("network_id", "number", name=op.f("uq_mdt_case_network_id_number")),
    )
    op.create_index(op.f("ix_mdt_case_network_id"), "mdt_case", ["network_id"], unique=False)
    op.create_index(op.f("ix_mdt_case_patient_id"), "mdt_case", ["patient_id"], unique=False)
    op.create_index(op.f("ix_mdt_case_state"), "mdt_case", ["state"], unique=False)
    op.create_table(
        "objection_record",
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("scope", sa.String(length=40), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("discipline", sa.String(length=40), nullable=True),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("lifts_id", sa.Uuid(), nullable=True),
        sa.Column("recorded_by", sa.String(length=120), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["lifts_id"], ["objection_record.id"], name=op.f("fk_objection_record_lifts_id_objection_record")
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["organisation.id"], name=op.f("fk_objection_record_network_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_objection_record_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patient.id"], name=op.f("fk_objection_record_patient_id_patient")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objection_record")),
        sa.UniqueConstraint("lifts_id", name=op.f("uq_objection_record_lifts_id")),
    )
    op.create_index(op.f("ix_objection_record_network_id"), "objection_record", ["network_id"], unique=False)
    op.create_index(op.f("ix_objection_record_patient_id"), "objection_record", ["patient_id"], unique=False)
    op.create_table(
        "patient_name_beginning",
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("beginning", sa.String(length=64), nullable=False),
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id"],
            ["organisation.id"],
            name=op.f("fk_patient_name_beginning_network_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patient.id"], name=op.f("fk_patient_name_beginning_patient_id_patient")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patient_name_beginning")),
        sa.UniqueConstraint(
            "patient_id", "beginning", name=op.f("uq_patient_name_beginning_patient_id_beginning")
        ),
    )
    op.create_index(
        op.f("ix_patient_name_beginning_beginning"), "patient_name_beginning", ["beginning"], unique=False
    )
    op.create_index(
        op.f("ix_patient_name_beginning_network_id"), "patient_name_beginning", ["network_id"], unique=False
    )
    op.create_table(
        "patient_need",
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.String(length=120), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id"], ["organisation.id"], name=op.f("fk_patient_need_network_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patient.id"], name=op.f("fk_patient_need_patient_id_patient")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patient_need")),
    )
    op.create_index(op.f("ix_patient_need_network_id"), "patient_need", ["network_id"], unique=False)
    op.create_index(op.f("ix_patient_need_patient_id"), "patient_need", ["patient_id"], unique=False)
    op.create_table(
        "sharing_record",
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("basis", sa.String(length=40), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("informed_by", sa.String(length=120), nullable=False),
        sa.Column("informed_on", sa.Date(), nullable=False),
        sa.Column("recorded_by", sa.String(length=120), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id"], ["organisation.id"], name=op.f("fk_sharing_record_network_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patient.id"], name=op.f("fk_sharing_record_patient_id_patient")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sharing_record")),
    )
    op.create_index(op.f("ix_sharing_record_network_id"), "sharing_record", ["network_id"], unique=False)
    op.create_index(op.f("ix_sharing_record_patient_id"), "sharing_record", ["patient_id"], unique=False)
    op.create_table(
        "statement",
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("said_by", sa.Text(), nullable=False),
        sa.Column("heard_by", sa.String(length=120), nullable=False),
        sa.Column("heard_on", sa.Date(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column("confirmed_by", sa.String(length=120), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_by", sa.String(length=120), nullable=False),
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id"], ["organisation.id"], name=op.f("fk_statement_network_id_organisation")
        ),
        sa.ForeignKeyConstraint(["patient_id"], ["patient.id"], name=op.f("fk_statement_patient_id_patient")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement")),
    )
    op.create_index(op.f("ix_statement_network_id"), "statement", ["network_id"], unique=False)
    op.create_index(op.f("ix_statement_patient_id"), "statement", ["patient_id"], unique=False)
    op.create_table(
        "case_event",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("by", sa.String(length=120), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["mdt_case.id"], name=op.f("fk_case_event_case_id_mdt_case")),
        sa.ForeignKeyConstraint(
            ["network_id"], ["organisation.id"], name=op.f("fk_case_event_network_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_event")),
    )
    op.create_index(op.f("ix_case_event_case_id"), "case_event", ["case_id"], unique=False)
    op.create_index(op.f("ix_case_event_network_id"), "case_event", ["network_id"], unique=False)
    for table in PROTECTED:
        for statement in protect(table):
            op.execute(statement)
    for table in APPEND_ONLY:
        for statement in append_only(table):
            op.execute(statement)


def downgrade() -> None:
    op.drop_index(op.f("ix_case_event_network_id"), table_name="case_event")
    op.drop_index(op.f("ix_case_event_case_id"), table_name="case_event")
    op.drop_table("case_event")
    op.drop_index(op.f("ix_statement_patient_id"), table_name="statement")
    op.drop_index(op.f("ix_statement_network_id"), table_name="statement")
    op.drop_table("statement")
    op.drop_index(op.f("ix_sharing_record_patient_id"), table_name="sharing_record")
    op.drop_index(op.f("ix_sharing_record_network_id"), table_name="sharing_record")
    op.drop_table("sharing_record")
    op.drop_index(op.f("ix_patient_need_patient_id"), table_name="patient_need")
    op.drop_index(op.f("ix_patient_need_network_id"), table_name="patient_need")
    op.drop_table("patient_need")
    op.drop_index(op.f("ix_patient_name_beginning_network_id"), table_name="patient_name_beginning")
    op.drop_index(op.f("ix_patient_name_beginning_beginning"), table_name="patient_name_beginning")
    op.drop_table("patient_name_beginning")
    op.drop_index(op.f("ix_objection_record_patient_id"), table_name="objection_record")
    op.drop_index(op.f("ix_objection_record_network_id"), table_name="objection_record")
    op.drop_table("objection_record")
    op.drop_index(op.f("ix_mdt_case_state"), table_name="mdt_case")
    op.drop_index(op.f("ix_mdt_case_patient_id"), table_name="mdt_case")
    op.drop_index(op.f("ix_mdt_case_network_id"), table_name="mdt_case")
    op.drop_table("mdt_case")
    op.drop_index(op.f("ix_disclosure_patient_id"), table_name="disclosure")
    op.drop_index(op.f("ix_disclosure_network_id"), table_name="disclosure")
    op.drop_table("disclosure")
    op.drop_index(op.f("ix_carer_patient_id"), table_name="carer")
    op.drop_index(op.f("ix_carer_network_id"), table_name="carer")
    op.drop_table("carer")
    op.drop_index(op.f("ix_care_relation_patient_id"), table_name="care_relation")
    op.drop_index(op.f("ix_care_relation_organisation_id"), table_name="care_relation")
    op.drop_index(op.f("ix_care_relation_network_id"), table_name="care_relation")
    op.drop_index(op.f("ix_care_relation_from_id"), table_name="care_relation")
    op.drop_index(op.f("ix_care_relation_account_id"), table_name="care_relation")
    op.drop_table("care_relation")
    op.drop_index(op.f("ix_patient_network_id"), table_name="patient")
    op.drop_index(op.f("ix_patient_born_index"), table_name="patient")
    op.drop_table("patient")
    op.drop_index(op.f("ix_meeting_settings_network_id"), table_name="meeting_settings")
    op.drop_table("meeting_settings")
    for table in APPEND_ONLY:
        op.execute(f"drop function refuse_change_of_{table}()")
