"""What a bundle may be, and what it weighs."""

from network.vocabulary import Priority

# What leaving one person unserved weighs against leaving another.
WEIGHTS = {Priority.ROUTINE: 1, Priority.SOON: 2, Priority.URGENT: 4}
