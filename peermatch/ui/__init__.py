"""The window: widgets and screens that ask the services and show their answers."""
