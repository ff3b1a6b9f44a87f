"""Who may help, who is nearest, and why: pure functions of values and a day."""
