"""The chain of measures (融救助): one application, a referral to each department and organisation, one page with what is left to pay.

services.one_door.begin      open the one door for a household
selectors.proposing.propose  the programmes that may be due, by office
services.referring.refer     hand some of them on to an office
effects                      answers come back to the chain by themselves
"""
