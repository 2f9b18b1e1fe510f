"""The staff rota: rulebook, staff, leave, demand, solve jobs and rotas."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from network.plumbing.row_security import protect

revision = "0002"
down_revision = "0001"

PROTECTED = (
    "absence",
    "assignment",
    "change_event",
    "closure",
    "credential",
    "demand_line",
    "demand_template",
    "funding_split",
    "held_competency",
    "pattern_cell",
    "rota_member",
    "rota_period",
    "rota_version",
    "rule_setting",
    "site_induction",
    "solve_job",
    "solve_progress",
    "supervision_approval",
    "workbook_upload",
    "working_pattern",
)


def upgrade() -> None:
    op.create_table(
        "rota_period",
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("made_by", sa.String(length=120), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("starts_on < ends_on", name=op.f("ck_rota_period_order")),
        sa.ForeignKeyConstraint(
            ["network_id"], ["organisation.id"], name=op.f("fk_rota_period_network_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rota_period")),
        sa.UniqueConstraint("network_id", "starts_on", name=op.f("uq_rota_period_network_id_starts_on")),
    )
    op.create_index(op.f("ix_rota_period_network_id"), "rota_period", ["network_id"], unique=False)
    op.create_table(
        "rule_setting",
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("severity", sa.String(length=4), nullable=False),
        sa.Column("tier", sa.String(length=2), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("parameters", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("contracts", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("accepted_by", sa.String(length=120), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id"], ["organisation.id"], name=op.f("fk_rule_setting_network_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rule_setting")),
        sa.UniqueConstraint("network_id", "code", name=op.f("uq_rule_setting_network_id_code")),
    )
    op.create_index(op.f("ix_rule_setting_network_id"), "rule_setting", ["network_id"], unique=False)
    op.create_table(
        "solve_job",
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("about_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("problem", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("places", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("input_hash", sa.String(length=64), nullable=False),
        sa.Column("limits", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("best", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("result", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.String(length=120), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("heartbeat_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stop_asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancel_asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("engine", sa.String(length=40), nullable=False),
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id"], ["organisation.id"], name=op.f("fk_solve_job_network_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_solve_job")),
    )
    op.create_index(op.f("ix_solve_job_network_id"), "solve_job", ["network_id"], unique=False)
    op.create_index(
        "uq_solve_job_running",
        "solve_job",
        ["about_id"],
        unique=True,
        postgresql_where=sa.text("state not in ('cancelled', 'done', 'failed', 'stopped')"),
    )
    op.create_table(
        "workbook_upload",
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("outcome", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id"], ["organisation.id"], name=op.f("fk_workbook_upload_network_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workbook_upload")),
    )
    op.create_index(op.f("ix_workbook_upload_account_id"), "workbook_upload", ["account_id"], unique=False)
    op.create_index(op.f("ix_workbook_upload_network_id"), "workbook_upload", ["network_id"], unique=False)
    op.create_table(
        "closure",
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=True),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id"], ["organisation.id"], name=op.f("fk_closure_network_id_organisation")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_closure_site_id_site")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closure")),
    )
    op.create_index(op.f("ix_closure_network_id"), "closure", ["network_id"], unique=False)
    op.create_index(op.f("ix_closure_site_id"), "closure", ["site_id"], unique=False)
    op.create_table(
        "demand_line",
        sa.Column("period_id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("role_group", sa.String(length=40), nullable=False),
        sa.Column("activity", sa.String(length=40), nullable=False),
        sa.Column("minimum", sa.Integer(), nullable=False),
        sa.Column("desired", sa.Integer(), nullable=False),
        sa.Column("maximum", sa.Integer(), nullable=False),
        sa.Column("competencies", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("room", sa.String(length=40), nullable=True),
        sa.Column("funding", sa.String(length=40), nullable=False),
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "minimum <= desired and desired <= maximum and minimum >= 0", name=op.f("ck_demand_line_cover")
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["organisation.id"], name=op.f("fk_demand_line_network_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["period_id"], ["rota_period.id"], name=op.f("fk_demand_line_period_id_rota_period")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_demand_line_site_id_site")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_demand_line")),
    )
    op.create_index("ix_demand_line_cell", "demand_line", ["period_id", "day", "kind"], unique=False)
    op.create_index(op.f("ix_demand_line_network_id"), "demand_line", ["network_id"], unique=False)
    op.create_index(op.f("ix_demand_line_period_id"), "demand_line", ["period_id"], unique=False)
    op.create_table(
        "demand_template",
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("role_group", sa.String(length=40), nullable=False),
        sa.Column("activity", sa.String(length=40), nullable=False),
        sa.Column("minimum", sa.Integer(), nullable=False),
        sa.Column("desired", sa.Integer(), nullable=False),
        sa.Column("maximum", sa.Integer(), nullable=False),
        sa.Column("competencies", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("room", sa.String(length=40), nullable=True),
        sa.Column("funding", sa.String(length=40), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "minimum <= desired and desired <= maximum and minimum >= 0",
            name=op.f("ck_demand_template_cover"),
        ),
        sa.CheckConstraint("weekday between 0 and 6", name=op.f("ck_demand_template_weekday")),
        sa.ForeignKeyConstraint(
            ["network_id"], ["organisation.id"], name=op.f("fk_demand_template_network_id_organisation")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_demand_template_site_id_site")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_demand_template")),
    )
    op.create_index(op.f("ix_demand_template_network_id"), "demand_template", ["network_id"], unique=False)
    op.create_index(op.f("ix_demand_template_site_id"), "demand_template", ["site_id"], unique=False)
    op.create_table(
        "rota_member",
        sa.Column("engagement_id", sa.Uuid(), nullable=False),
        sa.Column("home_site_id", sa.Uuid(), nullable=True),
        sa.Column("tolerance_minutes", sa.Integer(), nullable=False),
        sa.Column("works_elsewhere_minutes", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(length=20), nullable=False),
        sa.Column("supervision_minutes", sa.Integer(), nullable=True),
        sa.Column("most_clinical_minutes", sa.Integer(), nullable=True),
        sa.Column("least_educational_minutes", sa.Integer(), nullable=True),
        sa.Column("planned_from", sa.Date(), nullable=False),
        sa.Column("planned_until", sa.Date(), nullable=True),
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["engagement_id"], ["engagement.id"], name=op.f("fk_rota_member_engagement_id_engagement")
        ),
        sa.ForeignKeyConstraint(["home_site_id"], ["site.id"], name=op.f("fk_rota_member_home_site_id_site")),
        sa.ForeignKeyConstraint(
            ["network_id"], ["organisation.id"], name=op.f("fk_rota_member_network_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rota_member")),
        sa.UniqueConstraint(
            "network_id", "engagement_id", name=op.f("uq_rota_member_network_id_engagement_id")
        ),
    )
    op.create_index(op.f("ix_rota_member_engagement_id"), "rota_member", ["engagement_id"], unique=False)
    op.create_index(op.f("ix_rota_member_network_id"), "rota_member", ["network_id"], unique=False)
    op.create_table(
        "rota_version",
        sa.Column("period_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=80), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("job_id", sa.Uuid(), nullable=True),
        sa.Column("input_hash", sa.String(length=64), nullable=False),
        sa.Column("summary", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("made_by", sa.String(length=120), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_by", sa.String(length=120), nullable=False),
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["job_id"], ["solve_job.id"], name=op.f("fk_rota_version_job_id_solve_job")),
        sa.ForeignKeyConstraint(
            ["network_id"], ["organisation.id"], name=op.f("fk_rota_version_network_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["rota_version.id"], name=op.f("fk_rota_version_parent_id_rota_version")
        ),
        sa.ForeignKeyConstraint(
            ["period_id"], ["rota_period.id"], name=op.f("fk_rota_version_period_id_rota_period")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rota_version")),
        sa.UniqueConstraint("period_id", "number", name=op.f("uq_rota_version_period_id_number")),
    )
    op.create_index(op.f("ix_rota_version_network_id"), "rota_version", ["network_id"], unique=False)
    op.create_index(op.f("ix_rota_version_period_id"), "rota_version", ["period_id"], unique=False)
    op.create_index(
        "uq_rota_version_chosen",
        "rota_version",
        ["period_id"],
        unique=True,
        postgresql_where=sa.text("state = 'chosen'"),
    )
    op.create_table(
        "solve_progress",
        sa.Column("job_id", sa.Uuid(), nullable=False),
        sa.Column("seconds", sa.Double(), nullable=False),
        sa.Column("tier", sa.String(length=8), nullable=False),
        sa.Column("cost", sa.Integer(), nullable=False),
        sa.Column("bound", sa.Integer(), nullable=True),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["job_id"], ["solve_job.id"], name=op.f("fk_solve_progress_job_id_solve_job")
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["organisation.id"], name=op.f("fk_solve_progress_network_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_solve_progress")),
    )
    op.create_index(op.f("ix_solve_progress_job_id"), "solve_progress", ["job_id"], unique=False)
    op.create_index(op.f("ix_solve_progress_network_id"), "solve_progress", ["network_id"], unique=False)
    op.create_table(
        "absence",
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("starts_with", sa.String(length=40), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("ends_with", sa.String(length=40), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.String(length=120), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("starts_on <= ends_on", name=op.f("ck_absence_order")),
        sa.ForeignKeyConstraint(
            ["member_id"], ["rota_member.id"], name=op.f("fk_absence_member_id_rota_member")
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["organisation.id"], name=op.f("fk_absence_network_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence")),
    )
    op.create_index(op.f("ix_absence_member_id"), "absence", ["member_id"], unique=False)
    op.create_index(op.f("ix_absence_network_id"), "absence", ["network_id"], unique=False)
    op.create_index(op.f("ix_absence_starts_on"), "absence", ["starts_on"], unique=False)
    op.create_table(
        "assignment",
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("line_id", sa.Uuid(), nullable=True),
        sa.Column("site_id", sa.Uuid(), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("role_group", sa.String(length=40), nullable=False),
        sa.Column("activity", sa.String(length=40), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("funding", sa.String(length=40), nullable=False),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("is_pinned", sa.Boolean(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("minutes > 0", name=op.f("ck_assignment_minutes")),
        sa.ForeignKeyConstraint(
            ["line_id"], ["demand_line.id"], name=op.f("fk_assignment_line_id_demand_line")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["rota_member.id"], name=op.f("fk_assignment_member_id_rota_member")
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["organisation.id"], name=op.f("fk_assignment_network_id_organisation")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_assignment_site_id_site")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["rota_version.id"], name=op.f("fk_assignment_version_id_rota_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
        sa.UniqueConstraint(
            "version_id", "member_id", "day", "kind", name=op.f("uq_assignment_version_id_member_id_day_kind")
        ),
    )
    op.create_index(op.f("ix_assignment_member_id"), "assignment", ["member_id"], unique=False)
    op.create_index(op.f("ix_assignment_network_id"), "assignment", ["network_id"], unique=False)
    op.create_index(op.f("ix_assignment_version_id"), "assignment", ["version_id"], unique=False)
    op.create_table(
        "change_event",
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("before", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("after", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("undoes_id", sa.Uuid(), nullable=True),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("by", sa.String(length=120), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["rota_member.id"], name=op.f("fk_change_event_member_id_rota_member")
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["organisation.id"], name=op.f("fk_change_event_network_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["undoes_id"], ["change_event.id"], name=op.f("fk_change_event_undoes_id_change_event")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["rota_version.id"], name=op.f("fk_change_event_version_id_rota_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change_event")),
        sa.UniqueConstraint("undoes_id", name=op.f("uq_change_event_undoes_id")),
    )
    op.create_index(op.f("ix_change_event_member_id"), "change_event", ["member_id"], unique=False)
    op.create_index(op.f("ix_change_event_network_id"), "change_event", ["network_id"], unique=False)
    op.create_index("ix_change_event_version", "change_event", ["version_id", "at"], unique=False)
    op.create_table(
        "credential",
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["rota_member.id"], name=op.f("fk_credential_member_id_rota_member")
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["organisation.id"], name=op.f("fk_credential_network_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credential")),
    )
    op.create_index(op.f("ix_credential_member_id"), "credential", ["member_id"], unique=False)
    op.create_index(op.f("ix_credential_network_id"), "credential", ["network_id"], unique=False)
    op.create_table(
        "funding_split",
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("stream", sa.String(length=40), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("percent between 1 and 100", name=op.f("ck_funding_split_percent")),
        sa.ForeignKeyConstraint(
            ["member_id"], ["rota_member.id"], name=op.f("fk_funding_split_member_id_rota_member")
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["organisation.id"], name=op.f("fk_funding_split_network_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_funding_split")),
        sa.UniqueConstraint("member_id", "stream", name=op.f("uq_funding_split_member_id_stream")),
    )
    op.create_index(op.f("ix_funding_split_member_id"), "funding_split", ["member_id"], unique=False)
    op.create_index(op.f("ix_funding_split_network_id"), "funding_split", ["network_id"], unique=False)
    op.create_table(
        "held_competency",
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("signed_off_on", sa.Date(), nullable=False),
        sa.Column("signed_off_by", sa.String(length=120), nullable=False),
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["rota_member.id"], name=op.f("fk_held_competency_member_id_rota_member")
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["organisation.id"], name=op.f("fk_held_competency_network_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_held_competency")),
        sa.UniqueConstraint("member_id", "code", name=op.f("uq_held_competency_member_id_code")),
    )
    op.create_index(op.f("ix_held_competency_member_id"), "held_competency", ["member_id"], unique=False)
    op.create_index(op.f("ix_held_competency_network_id"), "held_competency", ["network_id"], unique=False)
    op.create_table(
        "site_induction",
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("inducted_on", sa.Date(), nullable=False),
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["rota_member.id"], name=op.f("fk_site_induction_member_id_rota_member")
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["organisation.id"], name=op.f("fk_site_induction_network_id_organisation")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_site_induction_site_id_site")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site_induction")),
        sa.UniqueConstraint("member_id", "site_id", name=op.f("uq_site_induction_member_id_site_id")),
    )
    op.create_index(op.f("ix_site_induction_member_id"), "site_induction", ["member_id"], unique=False)
    op.create_index(op.f("ix_site_induction_network_id"), "site_induction", ["network_id"], unique=False)
    op.create_table(
        "supervision_approval",
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("learner_role", sa.String(length=40), nullable=False),
        sa.Column("minutes_per_session", sa.Integer(), nullable=False),
        sa.Column("most_learners", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["rota_member.id"], name=op.f("fk_supervision_approval_member_id_rota_member")
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["organisation.id"], name=op.f("fk_supervision_approval_network_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supervision_approval")),
        sa.UniqueConstraint(
            "member_id", "learner_role", name=op.f("uq_supervision_approval_member_id_learner_role")
        ),
    )
    op.create_index(
        op.f("ix_supervision_approval_member_id"), "supervision_approval", ["member_id"], unique=False
    )
    op.create_index(
        op.f("ix_supervision_approval_network_id"), "supervision_approval", ["network_id"], unique=False
    )
    op.create_table(
        "working_pattern",
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("cycle_weeks", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("cycle_weeks between 1 and 8", name=op.f("ck_working_pattern_cycle_weeks")),
        sa.ForeignKeyConstraint(
            ["member_id"], ["rota_member.id"], name=op.f("fk_working_pattern_member_id_rota_member")
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["organisation.id"], name=op.f("fk_working_pattern_network_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_working_pattern")),
    )
    op.create_index(op.f("ix_working_pattern_member_id"), "working_pattern", ["member_id"], unique=False)
    op.create_index(op.f("ix_working_pattern_network_id"), "working_pattern", ["network_id"], unique=False)
    op.create_table(
        "pattern_cell",
        sa.Column("pattern_id", sa.Uuid(), nullable=False),
        sa.Column("week", sa.Integer(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("availability", sa.String(length=40), nullable=False),
        sa.Column("activity", sa.String(length=40), nullable=True),
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("weekday between 0 and 6", name=op.f("ck_pattern_cell_weekday")),
        sa.ForeignKeyConstraint(
            ["network_id"], ["organisation.id"], name=op.f("fk_pattern_cell_network_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["pattern_id"], ["working_pattern.id"], name=op.f("fk_pattern_cell_pattern_id_working_pattern")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pattern_cell")),
        sa.UniqueConstraint(
            "pattern_id", "week", "weekday", "kind", name=op.f("uq_pattern_cell_pattern_id_week_weekday_kind")
        ),
    )
    op.create_index(op.f("ix_pattern_cell_network_id"), "pattern_cell", ["network_id"], unique=False)
    op.create_index(op.f("ix_pattern_cell_pattern_id"), "pattern_cell", ["pattern_id"], unique=False)
    for table in PROTECTED:
        for statement in protect(table):
            op.execute(statement)


def downgrade() -> None:
    op.drop_index(op.f("ix_pattern_cell_pattern_id"), table_name="pattern_cell")
    op.drop_index(op.f("ix_pattern_cell_network_id"), table_name="pattern_cell")
    op.drop_table("pattern_cell")
    op.drop_index(op.f("ix_working_pattern_network_id"), table_name="working_pattern")
    op.drop_index(op.f("ix_working_pattern_member_id"), table_name="working_pattern")
    op.drop_table("working_pattern")
    op.drop_index(op.f("ix_supervision_approval_network_id"), table_name="supervision_approval")
    op.drop_index(op.f("ix_supervision_approval_member_id"), table_name="supervision_approval")
    op.drop_table("supervision_approval")
    op.drop_index(op.f("ix_site_induction_network_id"), table_name="site_induction")
    op.drop_index(op.f("ix_site_induction_member_id"), table_name="site_induction")
    op.drop_table("site_induction")
    op.drop_index(op.f("ix_held_competency_network_id"), table_name="held_competency")
    op.drop_index(op.f("ix_held_competency_member_id"), table_name="held_competency")
    op.drop_table("held_competency")
    op.drop_index(op.f("ix_funding_split_network_id"), table_name="funding_split")
    op.drop_index(op.f("ix_funding_split_member_id"), table_name="funding_split")
    op.drop_table("funding_split")
    op.drop_index(op.f("ix_credential_network_id"), table_name="credential")
    op.drop_index(op.f("ix_credential_member_id"), table_name="credential")
    op.drop_table("credential")
    op.drop_index("ix_change_event_version", table_name="change_event")
    op.drop_index(op.f("ix_change_event_network_id"), table_name="change_event")
    op.drop_index(op.f("ix_change_event_member_id"), table_name="change_event")
    op.drop_table("change_event")
    op.drop_index(op.f("ix_assignment_version_id"), table_name="assignment")
    op.drop_index(op.f("ix_assignment_network_id"), table_name="assignment")
    op.drop_index(op.f("ix_assignment_member_id"), table_name="assignment")
    op.drop_table("assignment")
    op.drop_index(op.f("ix_absence_starts_on"), table_name="absence")
    op.drop_index(op.f("ix_absence_network_id"), table_name="absence")
    op.drop_index(op.f("ix_absence_member_id"), table_name="absence")
    op.drop_table("absence")
    op.drop_index(op.f("ix_solve_progress_network_id"), table_name="solve_progress")
    op.drop_index(op.f("ix_solve_progress_job_id"), table_name="solve_progress")
    op.drop_table("solve_progress")
    op.drop_index(
        "uq_rota_version_chosen", table_name="rota_version", postgresql_where=sa.text("state = 'chosen'")
    )
    op.drop_index(op.f("ix_rota_version_period_id"), table_name="rota_version")
    op.drop_index(op.f("ix_rota_version_network_id"), table_name="rota_version")
    op.drop_table("rota_version")
    op.drop_index(op.f("ix_rota_member_network_id"), table_name="rota_member")
    op.drop_index(op.f("ix_rota_member_engagement_id"), table_name="rota_member")
    op.drop_table("rota_member")
    op.drop_index(op.f("ix_demand_template_site_id"), table_name="demand_template")
    op.drop_index(op.f("ix_demand_template_network_id"), table_name="demand_template")
    op.drop_table("demand_template")
    op.drop_index(op.f("ix_demand_line_period_id"), table_name="demand_line")
    op.drop_index(op.f("ix_demand_line_network_id"), table_name="demand_line")
    op.drop_index("ix_demand_line_cell", table_name="demand_line")
    op.drop_table("demand_line")
    op.drop_index(op.f("ix_closure_site_id"), table_name="closure")
    op.drop_index(op.f("ix_closure_network_id"), table_name="closure")
    op.drop_table("closure")
    op.drop_index(op.f("ix_workbook_upload_network_id"), table_name="workbook_upload")
    op.drop_index(op.f("ix_workbook_upload_account_id"), table_name="workbook_upload")
    op.drop_table("workbook_upload")
    op.drop_index(
        "uq_solve_job_running",
        table_name="solve_job",
        postgresql_where=sa.text("state not in ('cancelled', 'done', 'failed', 'stopped')"),
    )
    op.drop_index(op.f("ix_solve_job_network_id"), table_name="solve_job")
    op.drop_table("solve_job")
    op.drop_index(op.f("ix_rule_setting_network_id"), table_name="rule_setting")
    op.drop_table("rule_setting")
    op.drop_index(op.f("ix_rota_period_network_id"), table_name="rota_period")
    op.drop_table("rota_period")
