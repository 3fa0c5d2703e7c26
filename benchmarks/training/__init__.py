"""How the shipped models are made, from the labelled sets to the weights in the package."""
