"""The registry (登记): households, their members, what is known of them and from whom, and what was paid to them.

    doudi web load build/demo/evidence --region 999901 --date 2026-08-01

What is known of somebody is sealed at rest, shown masked, and every look at it is recorded.
"""
