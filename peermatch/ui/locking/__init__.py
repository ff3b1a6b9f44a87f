"""When the window locks by itself, what it hides, and what it keeps for the person who comes back."""
