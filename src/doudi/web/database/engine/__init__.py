"""Django's PostgreSQL engine, in which every transaction of the application carries the scope of who reads."""
