"""Background jobs (后台任务): work that takes longer than a page may, done by a worker process, one step at a time.

    start("imports.check", by=user, params={"number": batch.pk})
    bulk.start("cases.approve", numbers, actor=user, params={"opinion": "同意"})

A job works with the account of whoever asked for it. What it has come to is stored with each step, so that a job whose
worker was killed goes on where it stood.
"""
