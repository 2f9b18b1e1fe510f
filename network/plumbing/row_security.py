"""Statements for migrations that put a table under row-level security."""

POLICY = "network_only"
MATCHES = "network_id = nullif(current_setting('quorate.network_id', true), '')::uuid"


def protect(table: str) -> list[str]:
    """Let the app's role see and write only rows of its transaction's network; no setting, no rows."""
    return [
        # Not forced upon the owner, who migrates and backs up; the app's role never owns a table.
        f"alter table {table} enable row level security",
        f"create policy {POLICY} on {table} using ({MATCHES}) with check ({MATCHES})",
    ]


def append_only(table: str) -> list[str]:
    """Let nobody, not even the owner, change or remove a row of the table."""
    return [
        f"""create function refuse_change_of_{table}() returns trigger language plpgsql as $$
        begin raise exception '{table} is append-only' using errcode = 'insufficient_privilege'; end $$""",
        f"""create trigger {table}_is_append_only before update or delete or truncate on {table}
        for each statement execute function refuse_change_of_{table}()""",
    ]


def take_back(rights: str, table: str, role: str) -> str:
    """Take rights on a table back from the app's role, to which all of them were granted ahead."""
    return f'revoke {rights} on {table} from "{role}"'


EXCEPTION = "quorate.exception"


def with_exceptions(table: str) -> str:
    """Let the owner's own functions change an append-only table, where they say so: see `keep`."""
    return f"""create or replace function refuse_change_of_{table}() returns trigger language plpgsql as $$
        begin
            if current_setting('{EXCEPTION}', true) = 'yes' and exists (
                select from pg_class where oid = tg_relid and relowner = current_user::regrole
            ) then return null; end if;
            raise exception '{table} is append-only' using errcode = 'insufficient_privilege';
        end $$"""


def keep() -> list[str]:
    """Make the two functions by which the app's role removes and moves what is append-only.

    They run as the owner, whom row-level security does not hold, so they look at the network themselves; and
    each wants the row that says who decided it, and touches what hangs on the people it names, nothing else.
    """
    return [REMOVE, MOVE]


# How a row of each hangs on people, of whom $2 are the ids. No other table is theirs to touch.
_HANGS = {
    "disclosure": "patient_id = any($2)",
    "emergency_opening": "patient_id = any($2)",
    "objection_record": "patient_id = any($2)",
    "sharing_record": "patient_id = any($2)",
    "case_event": "case_id in (select id from mdt_case where patient_id = any($2))",
    "addendum": "decision_id in (select d.id from decision d join mdt_case c on c.id = d.case_id"
    " where c.patient_id = any($2))",
}
_BY_TABLE = " ".join(f"when 'public.{name}'::regclass then '{hangs}'" for name, hangs in _HANGS.items())
_MOVING = ", ".join(f"'public.{name}'::regclass" for name, hangs in _HANGS.items() if "select" not in hangs)
_MATCHES = MATCHES.replace("'", "''")
REMOVE = f"""create function remove_kept(kept regclass, ids uuid[], decided uuid) returns bigint
    language plpgsql security definer set search_path = public, pg_temp as $$
    declare gone bigint; people uuid[]; hangs text;
    begin
        if not exists (
            select from removal where id = decided and {MATCHES}
            and agreed_at is not null and dropped_at is null and done_at is null
        ) then raise exception 'no removal was agreed' using errcode = 'insufficient_privilege'; end if;
        hangs = case kept {_BY_TABLE} end;
        if hangs is null then
            raise exception '% is not removed by this', kept using errcode = 'insufficient_privilege';
        end if;
        with recursive theirs(id) as (
            select patient_id from removal_line
            where removal_id = decided and draft_id is null and done_at is null and {MATCHES}
            union select p.id from patient p join theirs on p.merged_into_id = theirs.id
        ) select array_agg(id) into people from theirs;
        perform set_config('{EXCEPTION}', 'yes', true);
        execute format('delete from %s where id = any($1) and %s and {_MATCHES}', kept, hangs)
            using ids, people;
        get diagnostics gone = row_count;
        perform set_config('{EXCEPTION}', '', true);
        return gone;
    end $$"""  # noqa: S608  no text of anybody's goes in

MOVE = f"""create function move_kept(kept regclass, ids uuid[], decided uuid, back boolean) returns bigint
    language plpgsql security definer set search_path = public, pg_temp as $$
    declare gone bigint; joined record; away uuid; home uuid;
    begin
        select * into joined from patient_merge where id = decided and undone_at is null and {MATCHES};
        if not found then raise exception 'no such merge' using errcode = 'insufficient_privilege'; end if;
        if kept not in ({_MOVING}) then
            raise exception '% is not moved by this', kept using errcode = 'insufficient_privilege';
        end if;
        away = case when back then joined.kept_id else joined.merged_id end;
        home = case when back then joined.merged_id else joined.kept_id end;
        perform set_config('{EXCEPTION}', 'yes', true);
        execute format(
            'update %s set patient_id = $1 where id = any($2) and patient_id = $3 and {_MATCHES}', kept
        ) using home, ids, away;
        get diagnostics gone = row_count;
        perform set_config('{EXCEPTION}', '', true);
        return gone;
    end $$"""  # noqa: S608  no text of anybody's goes in
