"""Other solvers on the same public instances: for this bench alone, none of it used by the product."""
