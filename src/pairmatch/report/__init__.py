"""Plans and tables as text that a planner reads."""
