"""How Jalons is deployed: settings, addresses, the shell of every page. Not the cycle: that lives in the database."""
