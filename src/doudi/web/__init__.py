"""The web application (政务端): Django on PostgreSQL. Knows every room below it; none of them knows it."""
