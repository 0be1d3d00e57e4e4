"""Public notices, objections, appeals, and the documents of cases."""
