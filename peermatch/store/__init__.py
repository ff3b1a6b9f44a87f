"""The encrypted network folder: keys, file, rows, journal; rows never leave."""
