"""How a letter is read for what it asks: words, phrases, grammar, and what follows from them."""
