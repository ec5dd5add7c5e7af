"""The first head of the audit trail, entries that can only be added, and the table of the rate limits."""

from django.core.management import call_command
from django.db import migrations

from headwater.portal.accounts import audit

SQLITE = """
CREATE TRIGGER audit_{what} BEFORE {what} ON accounts_auditentry
BEGIN SELECT RAISE(ABORT, 'the audit trail only grows'); END
"""
POSTGRESQL = (
    """
    CREATE FUNCTION audit_only_grows() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'the audit trail only grows'; END $$
    """,
    """
    CREATE TRIGGER audit_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON accounts_auditentry
    FOR EACH STATEMENT EXECUTE FUNCTION audit_only_grows()
    """,
)


def begin(apps, schema_editor):
    apps.get_model("accounts", "AuditHead").objects.create(pk=1, number=0, digest=audit.first())
    call_command("createcachetable", database=schema_editor.connection.alias)


def end(apps, schema_editor):
    apps.get_model("accounts", "AuditHead").objects.all().delete()
    schema_editor.execute("DROP TABLE portal_cache")


def guard(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        statements = [SQLITE.format(what=what) for what in ("UPDATE", "DELETE")]
    else:
        statements = POSTGRESQL
    for statement in statements:
        schema_editor.execute(statement)


def unguard(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        statements = [f"DROP TRIGGER audit_{what}" for what in ("UPDATE", "DELETE")]
    else:
        statements = [
            "DROP TRIGGER audit_only_grows ON accounts_auditentry",
            "DROP FUNCTION audit_only_grows",
        ]
    for statement in statements:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [
        migrations.RunPython(begin, end),
        migrations.RunPython(guard, unguard),
    ]
