"""How Jalons is deployed: settings, addresses, the shell of every page; the cycle lives in the database."""
