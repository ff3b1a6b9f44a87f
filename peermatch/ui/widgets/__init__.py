"""Small reusable parts of the window; each takes the theme first and follows its changes by itself."""
