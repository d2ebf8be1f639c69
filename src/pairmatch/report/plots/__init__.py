"""Plots of a plan for scripts: a plan comes in, matplotlib axes go out.

matplotlib is an extra, and loaded when something is drawn. Nothing here changes its settings.
"""
