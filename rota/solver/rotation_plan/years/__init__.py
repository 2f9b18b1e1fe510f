"""Planning by learners' whole years: columns of a linear program, found by walks through the year."""
