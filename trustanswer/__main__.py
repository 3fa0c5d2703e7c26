"""`python -m trustanswer`: the same as the command `trustanswer`."""

from trustanswer.cli import main

main()
