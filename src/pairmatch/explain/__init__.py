"""Why a plan is as it is, and what differs between two plans.

In: plans, with their problems. Out: plain data, with a text for people.
"""
