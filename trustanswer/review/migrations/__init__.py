"""The steps by which the database came to its present shape, oldest first, run by Alembic."""

HEAD = "0002"  # the newest of versions/; a database that has it needs nothing done
