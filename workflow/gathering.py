"""Several rows as one value of the row they hang on, because a page asks less often than it shows."""

from django.db.models import Aggregate, Func, JSONField, Subquery


class Listed(Func):
    """Columns of one row as a list; Django's own `JSONArray` asks SQLite once more what it can do."""

    function = "JSONB_BUILD_ARRAY"
    output_field = JSONField()

    def as_sqlite(self, compiler, connection, **extra):
        return super().as_sql(compiler, connection, function="JSON_ARRAY", **extra)


class Gathered(Aggregate):
    """The values of several rows as a list, in no order."""

    function = "JSONB_AGG"
    output_field = JSONField()

    def as_sqlite(self, compiler, connection, **extra):
        return super().as_sql(compiler, connection, function="JSON_GROUP_ARRAY", **extra)


def gathered(rows, by: str, *names: str) -> Subquery:
    """[[value of each name], …] of the rows of which the column `by` leads to the outer one; None without any."""
    each = rows.order_by().values(by).annotate(gathered=Gathered(Listed(*names)))
    return Subquery(each.values("gathered"))
