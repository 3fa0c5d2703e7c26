"""How long a run takes, beside what one would write in an afternoon and what the libraries cost."""
