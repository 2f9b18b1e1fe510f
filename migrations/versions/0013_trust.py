"""Trust: relations to one case, emergencies, agreements, requests, retention, merging, and ways in."""

import sqlalchemy as sa
from alembic import context, op
from sqlalchemy.dialects import postgresql

from network.plumbing.row_security import keep, protect, take_back, with_exceptions

revision = "0013"
down_revision = "0012"

PROTECTED = (
    "chain_check",
    "emergency_opening",
    "learner_visit",
    "patient_hold",
    "patient_merge",
    "patient_pair",
    "removal",
    "removal_line",
    "retention_rules",
    "sharing_agreement",
    "subject_request",
)
# Added to, never changed: but for a removal that two agreed to, a merge, and a new key.
KEPT = ("addendum", "case_event", "disclosure", "objection_record", "sharing_record")
# Until now a relation opened all cases of a person; most are about one.
CASES_OF_RELATIONS = (
    "update care_relation set case_id = from_id where reason in ('referred', 'coordinates', 'drafted')",
    "update care_relation r set case_id = c.case_id from contribution c where c.id = r.from_id",
    "update care_relation r set case_id = a.case_id from mdt_action a where a.id = r.from_id",
    "update care_relation r set case_id = i.case_id from agenda_item i where i.id = r.from_id",
    # A practice that referred its own patient was not noted as their practice: the one opened as much.
    "insert into care_relation"
    " (id, network_id, patient_id, reason, organisation_id, from_id, starts_on, ends_on, made_by)"
    " select gen_random_uuid(), r.network_id, r.patient_id, 'registered', r.organisation_id, r.from_id,"
    " r.starts_on, r.ends_on, r.made_by from care_relation r"
    " join patient p on p.id = r.patient_id and p.practice_id = r.organisation_id"
    " where r.reason = 'referred'",
)


def upgrade() -> None:
    op.create_table(
        "chain_check",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("signature", sa.String(length=64), nullable=False),
        sa.Column("broken", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chain_check")),
    )
    op.create_index(op.f("ix_chain_check_network_id"), "chain_check", ["network_id"], unique=False)
    op.create_table(
        "removal",
        sa.Column("proposed_by", sa.String(length=120), nullable=False),
        sa.Column("proposed_by_id", sa.Uuid(), nullable=True),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("agreed_by", sa.String(length=120), nullable=False),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("dropped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rows", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("figures", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id"], ["organisation.id"], name=op.f("fk_removal_network_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_removal")),
    )
    op.create_index(op.f("ix_removal_network_id"), "removal", ["network_id"], unique=False)
    op.create_table(
        "retention_rules",
        sa.Column("years_after_closing", sa.Integer(), nullable=False),
        sa.Column("years_after_death", sa.Integer(), nullable=False),
        sa.Column("draft_days", sa.Integer(), nullable=False),
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "years_after_closing >= 1 and years_after_death >= 1 and draft_days >= 1",
            name=op.f("ck_retention_rules_lengths"),
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["organisation.id"], name=op.f("fk_retention_rules_network_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retention_rules")),
        sa.UniqueConstraint("network_id", name=op.f("uq_retention_rules_network_id")),
    )
    op.create_index(op.f("ix_retention_rules_network_id"), "retention_rules", ["network_id"], unique=False)
    op.create_table(
        "sharing_agreement",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.String(length=120), nullable=False),
        sa.Column("signed_by", sa.String(length=120), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("recorded_by", sa.String(length=120), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("signed_on < review_on", name=op.f("ck_sharing_agreement_days")),
        sa.ForeignKeyConstraint(
            ["network_id"], ["organisation.id"], name=op.f("fk_sharing_agreement_network_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_sharing_agreement_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sharing_agreement")),
    )
    op.create_index(
        op.f("ix_sharing_agreement_network_id"), "sharing_agreement", ["network_id"], unique=False
    )
    op.create_index(
        op.f("ix_sharing_agreement_organisation_id"), "sharing_agreement", ["organisation_id"], unique=False
    )
    op.create_table(
        "email_change",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("new_email", sa.String(length=254), nullable=False),
        sa.Column("old_hash", sa.String(length=64), nullable=False),
        sa.Column("new_hash", sa.String(length=64), nullable=False),
        sa.Column("old_confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("new_confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_email_change_account_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_email_change")),
        sa.UniqueConstraint("new_hash", name=op.f("uq_email_change_new_hash")),
        sa.UniqueConstraint("old_hash", name=op.f("uq_email_change_old_hash")),
    )
    op.create_index(op.f("ix_email_change_account_id"), "email_change", ["account_id"], unique=False)
    op.create_table(
        "linked_identity",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("issuer", sa.String(length=300), nullable=False),
        sa.Column("subject", sa.String(length=255), nullable=False),
        sa.Column("linked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_linked_identity_account_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_linked_identity")),
        sa.UniqueConstraint("issuer", "subject", name=op.f("uq_linked_identity_issuer_subject")),
    )
    op.create_index(op.f("ix_linked_identity_account_id"), "linked_identity", ["account_id"], unique=False)
    op.create_table(
        "patient_hold",
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("placed_by", sa.String(length=120), nullable=False),
        sa.Column("placed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lifted_by", sa.String(length=120), nullable=False),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id"], ["organisation.id"], name=op.f("fk_patient_hold_network_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patient.id"], name=op.f("fk_patient_hold_patient_id_patient")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patient_hold")),
    )
    op.create_index(op.f("ix_patient_hold_network_id"), "patient_hold", ["network_id"], unique=False)
    op.create_index(op.f("ix_patient_hold_patient_id"), "patient_hold", ["patient_id"], unique=False)
    op.create_table(
        "patient_merge",
        sa.Column("kept_id", sa.Uuid(), nullable=False),
        sa.Column("merged_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("moved", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("merged_by", sa.String(length=120), nullable=False),
        sa.Column("merged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_by", sa.String(length=120), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["kept_id"], ["patient.id"], name=op.f("fk_patient_merge_kept_id_patient")),
        sa.ForeignKeyConstraint(
            ["merged_id"], ["patient.id"], name=op.f("fk_patient_merge_merged_id_patient")
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["organisation.id"], name=op.f("fk_patient_merge_network_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patient_merge")),
    )
    op.create_index(op.f("ix_patient_merge_kept_id"), "patient_merge", ["kept_id"], unique=False)
    op.create_index(op.f("ix_patient_merge_merged_id"), "patient_merge", ["merged_id"], unique=False)
    op.create_index(op.f("ix_patient_merge_network_id"), "patient_merge", ["network_id"], unique=False)
    op.create_table(
        "patient_pair",
        sa.Column("first_id", sa.Uuid(), nullable=False),
        sa.Column("second_id", sa.Uuid(), nullable=False),
        sa.Column("told_apart_by", sa.String(length=120), nullable=False),
        sa.Column("told_apart_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["first_id"], ["patient.id"], name=op.f("fk_patient_pair_first_id_patient")),
        sa.ForeignKeyConstraint(
            ["second_id"], ["patient.id"], name=op.f("fk_patient_pair_second_id_patient")
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["organisation.id"], name=op.f("fk_patient_pair_network_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patient_pair")),
        sa.UniqueConstraint("first_id", "second_id", name=op.f("uq_patient_pair_first_id_second_id")),
    )
    op.create_index(op.f("ix_patient_pair_network_id"), "patient_pair", ["network_id"], unique=False)
    op.create_index(op.f("ix_patient_pair_second_id"), "patient_pair", ["second_id"], unique=False)
    op.create_table(
        "removal_line",
        sa.Column("removal_id", sa.Uuid(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("draft_id", sa.Uuid(), nullable=True),
        sa.Column("refs", sa.String(length=200), nullable=False),
        sa.Column("why", sa.String(length=200), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("kept_because", sa.String(length=200), nullable=False),
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id"], ["organisation.id"], name=op.f("fk_removal_line_network_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["removal_id"], ["removal.id"], name=op.f("fk_removal_line_removal_id_removal")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_removal_line")),
    )
    op.create_index(op.f("ix_removal_line_network_id"), "removal_line", ["network_id"], unique=False)
    op.create_index(op.f("ix_removal_line_removal_id"), "removal_line", ["removal_id"], unique=False)
    op.create_table(
        "subject_request",
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("asked_by", sa.String(length=40), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("recorded_by", sa.String(length=120), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_by", sa.String(length=120), nullable=False),
        sa.Column("ended_why", sa.Text(), nullable=False),
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id"], ["organisation.id"], name=op.f("fk_subject_request_network_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patient.id"], name=op.f("fk_subject_request_patient_id_patient")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subject_request")),
    )
    op.create_index(op.f("ix_subject_request_network_id"), "subject_request", ["network_id"], unique=False)
    op.create_index(op.f("ix_subject_request_patient_id"), "subject_request", ["patient_id"], unique=False)
    op.create_table(
        "emergency_opening",
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("relation_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("organisation", sa.String(length=160), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reviewed_by", sa.String(length=120), nullable=False),
        sa.Column("finding", sa.String(length=40), nullable=True),
        sa.Column("review_note", sa.Text(), nullable=False),
        sa.Column("explanation", sa.Text(), nullable=False),
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id"], ["organisation.id"], name=op.f("fk_emergency_opening_network_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patient.id"], name=op.f("fk_emergency_opening_patient_id_patient")
        ),
        sa.ForeignKeyConstraint(
            ["relation_id"], ["care_relation.id"], name=op.f("fk_emergency_opening_relation_id_care_relation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_emergency_opening")),
    )
    op.create_index(
        op.f("ix_emergency_opening_account_id"), "emergency_opening", ["account_id"], unique=False
    )
    op.create_index(
        op.f("ix_emergency_opening_network_id"), "emergency_opening", ["network_id"], unique=False
    )
    op.create_index(
        op.f("ix_emergency_opening_patient_id"), "emergency_opening", ["patient_id"], unique=False
    )
    for name in ("how", "browser"):
        op.add_column("sign_in", sa.Column(name, sa.String(length=60), nullable=False, server_default=""))
    op.add_column("sign_in", sa.Column("provider_factor", sa.Boolean(), nullable=False, server_default="f"))
    op.add_column(
        "network_settings",
        sa.Column("provider_factor_counts", sa.Boolean(), nullable=False, server_default="f"),
    )
    op.create_table(
        "learner_visit",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("organisation", sa.String(length=160), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("informed_by", sa.String(length=120), nullable=False),
        sa.Column("informed_on", sa.Date(), nullable=False),
        sa.Column("let_in_by", sa.String(length=120), nullable=False),
        sa.Column("let_in_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.String(length=120), nullable=False),
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["mdt_case.id"], name=op.f("fk_learner_visit_case_id_mdt_case")),
        sa.ForeignKeyConstraint(
            ["network_id"], ["organisation.id"], name=op.f("fk_learner_visit_network_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learner_visit")),
    )
    for name in ("account_id", "case_id", "network_id"):
        op.create_index(op.f(f"ix_learner_visit_{name}"), "learner_visit", [name], unique=False)
    op.add_column("care_relation", sa.Column("case_id", sa.Uuid(), nullable=True))
    op.add_column(
        "telling", sa.Column("what", sa.String(length=80), nullable=False, server_default=sa.text("''"))
    )
    op.alter_column("telling", "what", server_default=None)
    op.add_column("care_relation", sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(op.f("ix_care_relation_case_id"), "care_relation", ["case_id"], unique=False)
    op.add_column("patient", sa.Column("merged_into_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        op.f("fk_patient_merged_into_id_patient"), "patient", "patient", ["merged_into_id"], ["id"]
    )

    for table in PROTECTED:
        for statement in protect(table):
            op.execute(statement)
    for statement in CASES_OF_RELATIONS:
        op.execute(statement)
    for table in KEPT:
        op.execute(with_exceptions(table))
    for statement in keep():
        op.execute(statement)
    app_role = context.config.attributes["app_role"]
    op.execute(take_back("update, delete, truncate", "chain_check", app_role))
    op.execute(take_back("delete, truncate", "emergency_opening", app_role))


def downgrade() -> None:
    op.drop_table("learner_visit")
    op.drop_constraint(op.f("fk_patient_merged_into_id_patient"), "patient", type_="foreignkey")
    op.drop_column("patient", "merged_into_id")
    op.drop_index(op.f("ix_care_relation_case_id"), table_name="care_relation")
    op.drop_column("telling", "what")
    op.drop_column("care_relation", "ends_at")
    op.drop_column("care_relation", "case_id")
    op.drop_column("network_settings", "provider_factor_counts")
    for name in ("how", "browser", "provider_factor"):
        op.drop_column("sign_in", name)
    op.drop_index(op.f("ix_emergency_opening_patient_id"), table_name="emergency_opening")
    op.drop_index(op.f("ix_emergency_opening_network_id"), table_name="emergency_opening")
    op.drop_index(op.f("ix_emergency_opening_account_id"), table_name="emergency_opening")
    op.drop_table("emergency_opening")
    op.drop_index(op.f("ix_subject_request_patient_id"), table_name="subject_request")
    op.drop_index(op.f("ix_subject_request_network_id"), table_name="subject_request")
    op.drop_table("subject_request")
    op.drop_index(op.f("ix_removal_line_removal_id"), table_name="removal_line")
    op.drop_index(op.f("ix_removal_line_network_id"), table_name="removal_line")
    op.drop_table("removal_line")
    op.drop_index(op.f("ix_patient_pair_second_id"), table_name="patient_pair")
    op.drop_index(op.f("ix_patient_pair_network_id"), table_name="patient_pair")
    op.drop_table("patient_pair")
    op.drop_index(op.f("ix_patient_merge_network_id"), table_name="patient_merge")
    op.drop_index(op.f("ix_patient_merge_merged_id"), table_name="patient_merge")
    op.drop_index(op.f("ix_patient_merge_kept_id"), table_name="patient_merge")
    op.drop_table("patient_merge")
    op.drop_index(op.f("ix_patient_hold_patient_id"), table_name="patient_hold")
    op.drop_index(op.f("ix_patient_hold_network_id"), table_name="patient_hold")
    op.drop_table("patient_hold")
    op.drop_index(op.f("ix_linked_identity_account_id"), table_name="linked_identity")
    op.drop_table("linked_identity")
    op.drop_index(op.f("ix_email_change_account_id"), table_name="email_change")
    op.drop_table("email_change")
    op.drop_index(op.f("ix_sharing_agreement_organisation_id"), table_name="sharing_agreement")
    op.drop_index(op.f("ix_sharing_agreement_network_id"), table_name="sharing_agreement")
    op.drop_table("sharing_agreement")
    op.drop_index(op.f("ix_retention_rules_network_id"), table_name="retention_rules")
    op.drop_table("retention_rules")
    op.drop_index(op.f("ix_removal_network_id"), table_name="removal")
    op.drop_table("removal")
    op.drop_index(op.f("ix_chain_check_network_id"), table_name="chain_check")
    op.drop_table("chain_check")
    op.execute("drop function remove_kept(regclass, uuid[], uuid)")
    op.execute("drop function move_kept(regclass, uuid[], uuid, boolean)")
