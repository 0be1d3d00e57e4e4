"""The procedure as law: what a case may do, when, by whom, until when, and why."""
