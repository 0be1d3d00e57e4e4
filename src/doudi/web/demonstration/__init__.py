"""The demonstration in the browser: accounts, the county's registry, and cases in every stage. Nobody in it exists.

accounts.load          divisions and one account for each role
county.enter           the county of ``doudi demo`` into the registry
background             the job that enters what follows, while the pages answer
cases.play             cases in every stage, each walked through its steps
nights.play            the night that was watched, its warnings partly visited and closed
proofs.show            the proof of monitoring, where it was made
"""
