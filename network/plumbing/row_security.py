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
