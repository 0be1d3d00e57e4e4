"""Facts and law brought together: determinations, reports, replay and cases."""
