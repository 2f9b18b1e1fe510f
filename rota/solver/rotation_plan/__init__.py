"""A plan of rotations as a problem to be solved: learners, their programmes, hosts' offers and stays."""
